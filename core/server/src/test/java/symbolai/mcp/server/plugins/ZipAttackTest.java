package symbolai.mcp.server.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static symbolai.mcp.server.plugins.RawZip.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ZipAttackTest {

    private static final ZipLimits LIMITS = new ZipLimits(4 << 20, 100, 8 << 20, 10 << 20, 100);

    @TempDir
    private Path folder;

    static Stream<Arguments> attacks() {
        return Stream.of(
                // names that leave the folder
                named("../evil.txt", "leaves its folder"),
                named("a/../../evil.txt", "leaves its folder"),
                named("..", "leaves its folder"),
                named("a/..", "leaves its folder"),
                named("./a", "leaves its folder"),
                named("a//b", "leaves its folder"),
                named("../plugin-evil/a", "leaves its folder"),
                named("/etc/passwd", "is an absolute path"),
                named("//host/share", "is an absolute path"),
                named("C:/evil.txt", "a backslash or a colon"),
                named("a.txt:stream", "a backslash or a colon"),
                named("..\\evil.txt", "a backslash or a colon"),
                named("a\\b", "a backslash or a colon"),
                named("a\0.txt", "control character"),
                named("a\n.txt", "control character"),
                named("a\u001b[31m", "control character"),
                named("", "a name of 0 characters"),
                named("a/".repeat(600) + "b", "a name of 1201 characters"),
                named("x".repeat(256), "a name that is too long"),
                // things that are no files
                row("a symbolic link", zip(entry("link", "/etc").unixMode(0xA1FF)), "is a symbolic link"),
                row("a device", zip(entry("device", "").unixMode(0x21FF)), "is not a plain file or folder"),
                row("a pipe", zip(entry("pipe", "").unixMode(0x11FF)), "is not a plain file or folder"),
                row("a folder that is a file", zip(entry("a/", "").unixMode(0x81FF)), "is not a plain file or folder"),
                row("a folder with contents", zip(entry("a/", "boo")), "is a folder with contents"),
                // one name twice
                row("a duplicate", zip(entry("a", "1"), entry("a", "2")), "'a' is in the zip twice"),
                row("a case clash", zip(entry("a", "1"), entry("A", "2")), "differ only in their spelling"),
                row("a clash of folders", zip(entry("a/b", "1"), entry("A/c", "2")), "differ only in their spelling"),
                row("a clash of accents", zip(entry("\u00e9", "1"), entry("e\u0301", "2")), "only in their spelling"),
                row("a file below a file", zip(entry("a", "1"), entry("a/b", "2")), "both a file and a folder"),
                row("a file above a file", zip(entry("a/b", "1"), entry("a", "2")), "both a file and a folder"),
                // two readings
                row("another local name", zip(entry("aa", "1").localName("bb")), "in two different ways"),
                row("another local name length", zip(entry("aa", "1").localName("a")), "in two different ways"),
                row("overlapping entries", zip(entry("a", "1"), entry("b", "2").offset(0)), "in two different ways"),
                row("the same entry twice", overlapping(), "overlaps another entry"),
                row("an entry in the directory", zip(entry("a", "1").offset(40)), "cut off"),
                row("an entry beyond the end", zip(entry("a", "1").offset(Integer.MAX_VALUE)), "cut off"),
                row("too few in the count", plain().countOff(-1).bytes(), "longer than its entries"),
                row("too many in the count", plain().countOff(1).bytes(), "cut off"),
                row("bytes before the directory", plain().directoryOff(1).bytes(), "not where the zip says"),
                row("bytes before the zip", shifted(), "not where the zip says"),
                // data
                row("a wrong checksum", zip(entry("a", "1").crc(1)), "'a' is damaged"),
                row("a wrong checksum, deflated", zip(entry("a", "1").deflated().crc(1)), "'a' is damaged"),
                row("more than it says", zip(entry("a", "12345").deflated().size(4)), "'a' is damaged"),
                row("less than it says", zip(entry("a", "12345").deflated().size(6)), "'a' is damaged"),
                row("stored, more than it says", zip(entry("a", "12345").size(4)), "'a' is damaged"),
                row("data after the data", zip(entry("a", "12345").deflated().compressed(6)), "'a' is damaged"),
                row("data longer than the zip", zip(entry("a", "1").compressed(1 << 20)), "cut off"),
                row("no deflate data", zip(entry("a", new byte[] {-1, -1, -1}).method(8)), "'a' is damaged"),
                row("an unknown method", zip(entry("a", "1").method(14)), "method 14; use deflate"),
                row("an encrypted entry", zip(entry("a", "1").flags(1)), "is encrypted"),
                row("a name that is no UTF-8", zip(entry("a", "1").rawName((byte) 0xFF)), "not UTF-8"),
                row("a name that is no ASCII", zip(entry("\u00e9", "1").flags(0)), "not US-ASCII"),
                // size
                row("too many entries", many(101), "has 101 entries; at most 100 are allowed"),
                row("50,000 entries", many(50_000), "has 50000 entries"),
                row("a bomb", zip(entry("a", new byte[4 << 20]).deflated()), "looks like a zip bomb"),
                row("a large file", zip(entry("a", random(9 << 20)).size(9 << 20)), "at most 8388608 are allowed"),
                row("4 GiB", zip(entry("a", "1").size(0xFFFFFFFFL)), "expands to 4294967295 bytes"),
                row("a large sum", zip(half("a"), half("b")), "expands to more than 10485760 bytes"),
                // no zip
                row("nothing", new byte[0], "not a zip"),
                row("text", "not a zip at all, but long enough for an end record".getBytes(), "not a zip"),
                row("a half", Arrays.copyOf(plain().bytes(), 60), "not a zip"),
                row("no entries", new RawZip().bytes(), "the zip has no plugin.properties"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void isRefusedBeforeAnythingIsWritten(String name, byte[] zip, String reason) throws IOException {
        var file = Files.write(folder.resolve("attack.zip"), zip);
        var limits =
                new ZipLimits(64 << 20, LIMITS.entries(), LIMITS.entryBytes(), LIMITS.totalBytes(), LIMITS.ratio());

        assertThatThrownBy(() -> PluginZip.read(file, limits, new HostApi(ZipAttackTest.class.getClassLoader())))
                .isInstanceOf(PluginRefused.class)
                .hasMessageContaining(reason)
                .message()
                .doesNotContainPattern("\\p{Cntrl}");
        assertThat(folder).isDirectoryNotContaining("glob:**evil*");
    }

    @Test
    void aZipThatIsTooLargeIsNotReadWhole() throws IOException {
        var file = Files.write(folder.resolve("large.zip"), new byte[(4 << 20) + 1]);

        assertThatThrownBy(() -> PluginZip.read(file, LIMITS, new HostApi(ZipAttackTest.class.getClassLoader())))
                .hasMessage("the zip is larger than 4194304 bytes");
    }

    @Test
    void goodZipsAreRead() throws IOException {
        assertThat(ZipArchive.checked(plain().comment("made by a test").bytes(), LIMITS)
                        .members())
                .extracting(ZipMember::name)
                .containsExactly("a/", "a/b", "c");
        assertThat(ZipArchive.checked(
                                TestPlugin.answering("dice", "1.0.0", "dice_roll")
                                        .bytes(),
                                LIMITS)
                        .members())
                .isNotEmpty();
    }

    @Test
    void anyByteThatIsFlippedLeavesAZipThatIsRefusedOrUnchanged() throws IOException {
        byte[] good = TestPlugin.answering("dice", "1.0.0", "dice_roll").bytes();
        var random = new Random(7);
        for (int i = 0; i < 1_000; i++) {
            byte[] flipped = good.clone();
            flipped[random.nextInt(good.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                assertSameContents(ZipArchive.checked(flipped, LIMITS), ZipArchive.checked(good, LIMITS));
            } catch (PluginRefused expected) {
                assertThat(expected.problems()).hasSize(1);
            }
        }
    }

    /** Dates, attributes and the like may differ: nobody reads them. Names may differ where both descriptions were not hit: never. */
    private static void assertSameContents(ZipArchive actual, ZipArchive expected) throws IOException {
        assertThat(actual.members()).hasSameSizeAs(expected.members());
        for (var member : expected.members()) {
            var same = new java.io.ByteArrayOutputStream();
            var other = new java.io.ByteArrayOutputStream();
            expected.copy(member, same);
            actual.copy(actual.member(member.name()).orElseThrow(), other);
            assertThat(other.toByteArray()).isEqualTo(same.toByteArray());
        }
    }

    private static RawZip plain() {
        return new RawZip()
                .add(entry("a/", "").unixMode(0x41ED))
                .add(entry("a/b", "12345").deflated().unixMode(0x81A4))
                .add(entry("c", "stored"));
    }

    private static byte[] overlapping() {
        return new RawZip()
                .add(entry("a", "1234567890"))
                .add(entry("b", "2"))
                .add(entry("a", "1234567890").localName("a").offset(0).rawName((byte) 'a'))
                .bytes();
    }

    private static byte[] shifted() {
        byte[] zip = plain().bytes();
        byte[] all = new byte[zip.length + 10];
        System.arraycopy(zip, 0, all, 10, zip.length);
        return all;
    }

    private static byte[] many(int count) {
        var zip = new RawZip();
        for (int i = 0; i < count; i++) {
            zip.add(entry("f" + i, ""));
        }
        return zip.bytes();
    }

    private static RawZip.Entry half(String name) {
        return entry(name, random(6 << 20));
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    private static Arguments named(String name, String reason) {
        return row("the name '" + name.replaceAll("\\p{Cntrl}", "?") + "'", zip(entry(name, "evil")), reason);
    }

    private static Arguments row(String name, byte[] zip, String reason) {
        return Arguments.of(name, zip, reason);
    }

    private static byte[] zip(RawZip.Entry... entries) {
        var zip = new RawZip();
        Stream.of(entries).forEach(zip::add);
        return zip.bytes();
    }
}
