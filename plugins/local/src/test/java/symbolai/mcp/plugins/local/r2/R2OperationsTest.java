package symbolai.mcp.plugins.local.r2;

import static org.assertj.core.api.Assertions.assertThat;
import static symbolai.mcp.plugins.local.store.Asked.arguments;
import static symbolai.mcp.testkit.Answers.await;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.plugins.local.store.Asked;
import symbolai.mcp.plugins.local.store.Bytes;
import symbolai.mcp.plugins.local.store.SettableClock;
import symbolai.mcp.testkit.FakeFamilyContext;

class R2OperationsTest {

    private static final String HELLO_MD5 = "5d41402abc4b2a76b9719d911017c592";

    @TempDir
    private Path folder;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private FakeFamilyContext context;
    private Asked r2;

    @BeforeEach
    void open() {
        context = new FakeFamilyContext("local", folder);
        var operations = await(R2Operations.open(context, clock));
        r2 = new Asked(operations.operations(), operations.downloads());
    }

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    void theSampleBucketHasObjectsOfEveryKind() throws IOException {
        var list = r2.read("r2.objects.list", arguments("bucket", R2Sample.NAME, "delimiter", "/"));

        assertThat(keys(list)).containsExactly("readme.md");
        assertThat(list.getJsonArray("prefixes")).containsExactly("archive/", "config/", "images/", "reports/");
        var picture = ImageIO.read(new ByteArrayInputStream(body(R2Sample.NAME, "images/logo.png")));
        assertThat(picture.getWidth()).isEqualTo(48);
        assertThat(picture.getRGB(0, 0) & 0xffffff).isEqualTo(0xf6be00);
        assertThat(body(R2Sample.NAME, "archive/orders.bin")).hasSize(2 << 20);
    }

    @Test
    void aDeletedSampleIsNotMadeAgain() {
        keys(r2.read("r2.objects.list", arguments("bucket", R2Sample.NAME)))
                .forEach(key -> r2.write("r2.objects.delete", arguments("bucket", R2Sample.NAME, "key", key)));
        r2.write("r2.buckets.delete", arguments("bucket", R2Sample.NAME));

        var again = new Asked(await(R2Operations.open(context, clock)).operations(), Map.of());

        assertThat(again.read("r2.buckets.list", arguments()).getJsonArray("buckets"))
                .isEmpty();
        assertThat(files()).isEmpty();
    }

    @Test
    void bucketsOfDifferentJurisdictionsDoNotSeeEachOther() {
        r2.write("r2.buckets.create", arguments("bucket", "twins"));
        r2.write("r2.buckets.create", arguments("bucket", "twins", "jurisdiction", "eu"));
        r2.write("r2.objects.put", arguments("bucket", "twins", "key", "k", "text", "eu", "jurisdiction", "eu"));

        assertThat(keys(r2.read("r2.objects.list", arguments("bucket", "twins"))))
                .isEmpty();
        assertThat(keys(r2.read("r2.objects.list", arguments("bucket", "twins", "jurisdiction", "eu"))))
                .containsExactly("k");
        assertThat(r2.read("r2.buckets.list", arguments("jurisdiction", "eu")).getJsonArray("buckets"))
                .hasSize(1);
        assertThat(reason("r2.buckets.get", arguments("bucket", "twins", "jurisdiction", "fedramp")))
                .isEqualTo(ToolException.Reason.NOT_FOUND);
    }

    @Test
    void aBucketsNameIsTakenOnlyOnceAndItGoesOnlyWhenEmpty() {
        var make = arguments("bucket", "one", "locationHint", "apac", "storageClass", "InfrequentAccess");
        var made = r2.write("r2.buckets.create", make);
        r2.write("r2.objects.put", arguments("bucket", "one", "key", "k", "text", ""));

        assertThat(made.getString("location")).isEqualTo("APAC");
        assertThat(r2.read("r2.buckets.get", arguments("bucket", "one"))).isEqualTo(made);
        assertThat(r2.refused("r2.buckets.create", Operation.Access.WRITE, make).reason())
                .isEqualTo(ToolException.Reason.CONFLICT);
        assertThat(r2.refused("r2.buckets.delete", Operation.Access.WRITE, arguments("bucket", "one"))
                        .reason())
                .isEqualTo(ToolException.Reason.CONFLICT);
    }

    @Test
    void bucketsComeInPages() {
        List.of("bb1", "bb2", "bb3").forEach(name -> r2.write("r2.buckets.create", arguments("bucket", name)));

        var first = r2.read("r2.buckets.list", arguments("nameContains", "bb", "perPage", 2));
        r2.write("r2.buckets.delete", arguments("bucket", "bb2"));
        var second = r2.read(
                "r2.buckets.list", arguments("nameContains", "bb", "perPage", 2, "cursor", first.getString("cursor")));

        assertThat(first.getJsonArray("buckets")).hasSize(2);
        assertThat(second.getJsonArray("buckets").getJsonObject(0).getString("name"))
                .isEqualTo("bb3");
        assertThat(second.containsKey("cursor")).isFalse();
    }

    @Test
    void anObjectComesBackAsItWas() {
        var bucket = bucket();
        var put = arguments("bucket", bucket, "key", "a/ü", "text", "hello", "contentType", "text/plain");

        var made = r2.write("r2.objects.put", put.put("metadata", new JsonObject().put("who", "me")));
        var got = r2.reply("r2.objects.get", arguments("bucket", bucket, "key", "a/ü"));
        var head = r2.reply("r2.objects.get", arguments("bucket", bucket, "key", "a/ü", "head", true));

        assertThat(made.getString("etag")).isEqualTo(HELLO_MD5);
        assertThat(made.getJsonObject("metadata").getString("who")).isEqualTo("me");
        assertThat(got.json()).isEqualTo(made);
        assertThat(Bytes.of(got.body().orElseThrow())).isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
        assertThat(head.json()).isEqualTo(made);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void aLargeObjectIsStreamedAlsoWhenItIsOverwrittenMeanwhile() {
        var bucket = bucket();
        var large = new byte[1 << 20];
        new Random(3).nextBytes(large);
        var put = arguments("bucket", bucket, "key", "k");
        r2.write("r2.objects.put", put.copy().put("base64", Base64.getEncoder().encodeToString(large)));
        var before = files().size();

        var stream = r2.reply("r2.objects.get", arguments("bucket", bucket, "key", "k"))
                .body()
                .orElseThrow();
        r2.write("r2.objects.put", put.copy().put("text", "short"));

        assertThat(files()).hasSize(before - 1);
        assertThat(Bytes.of(stream)).isEqualTo(large);
        assertThat(body(bucket, "k")).hasSize(5);
    }

    @Test
    void anEmptyObjectHasAnEmptyBody() {
        var bucket = bucket();
        r2.write("r2.objects.put", arguments("bucket", bucket, "key", "k", "text", ""));

        assertThat(body(bucket, "k")).isEmpty();
    }

    /** Against a walk written the plain way. */
    @Test
    void listingsWithDelimitersAndCursorsMissNothing() {
        var bucket = bucket();
        var random = new Random(11);
        var keys = new TreeSet<String>();
        while (keys.size() < 120) {
            var key = new StringBuilder();
            for (var part = 0; part < 1 + random.nextInt(4); part++) {
                key.append(List.of("a", "b", "/", "//", "ü", "a/", "-/").get(random.nextInt(7)));
            }
            keys.add(key.toString());
        }
        keys.forEach(key -> r2.write("r2.objects.put", arguments("bucket", bucket, "key", key, "text", "")));

        for (var prefix : List.of("", "a", "a/", "b/ü", "nothing")) {
            for (var delimiter : List.of("/", "//", "ü", "a/")) {
                for (var limit : List.of(1, 3, 1000)) {
                    assertThat(walk(bucket, prefix, delimiter, limit))
                            .as("prefix %s delimiter %s limit %d", prefix, delimiter, limit)
                            .containsExactlyElementsOf(expected(keys, prefix, delimiter));
                }
            }
        }
        assertThat(walk(bucket, "a", "", 7)).containsExactlyElementsOf(expected(keys, "a", ""));
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("an empty key", arguments("key", "", "text", ""), "1 to 1024"),
                Arguments.of("a long key", arguments("key", "ü".repeat(513), "text", ""), "1 to 1024"),
                Arguments.of("half a pair", arguments("key", "\udc00", "text", ""), "surrogate"),
                Arguments.of("no body", arguments("key", "k"), "either"),
                Arguments.of("no base64", arguments("key", "k", "base64", "*"), "base64"),
                Arguments.of("a forged type", arguments("key", "k", "text", "", "contentType", "a\r\nb"), "media type"),
                Arguments.of(
                        "much metadata",
                        arguments("key", "k", "text", "", "metadata", new JsonObject().put("m", "m".repeat(8192))),
                        "8192"),
                Arguments.of("a wrong bucket", arguments("key", "k", "text", "", "bucket", "No_Bucket"), "3 to 63"),
                Arguments.of(
                        "a wrong jurisdiction", arguments("key", "k", "text", "", "jurisdiction", "mars"), "one of"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void wrongInputIsInvalid(String name, JsonObject arguments, String message) {
        var all = arguments("bucket", R2Sample.NAME).mergeIn(arguments);

        var refused = r2.refused("r2.objects.put", Operation.Access.WRITE, all);

        assertThat(refused.reason()).isEqualTo(ToolException.Reason.INVALID);
        assertThat(refused).hasMessageContaining(message);
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThat(reason("r2.objects.get", arguments("bucket", R2Sample.NAME, "key", "nobody")))
                .isEqualTo(ToolException.Reason.NOT_FOUND);
        assertThat(reason("r2.objects.list", arguments("bucket", "nobody"))).isEqualTo(ToolException.Reason.NOT_FOUND);
        r2.write("r2.objects.delete", arguments("bucket", R2Sample.NAME, "key", "nobody"));
    }

    @Test
    void whatWritesIsRefusedAsARead() {
        for (var operation : List.of("r2.buckets.create", "r2.buckets.delete", "r2.objects.put", "r2.objects.delete")) {
            assertThat(r2.refused(operation, Operation.Access.READ, new JsonObject()))
                    .hasMessageContaining("sent as a read");
        }
    }

    @Test
    void aWriteWhoseCleaningFailsIsKept() throws IOException {
        var bucket = bucket();
        var put = arguments("bucket", bucket, "key", "k");
        var before = files();
        r2.write("r2.objects.put", put.copy().put("text", "x".repeat(10_000)));
        var old = new ArrayList<>(files());
        old.removeAll(before);
        var undeletable = folder.resolve(R2Tables.OBJECTS).resolve(old.get(0));
        Files.delete(undeletable);
        Files.createDirectories(undeletable.resolve("full"));

        r2.write("r2.objects.put", put.copy().put("text", "y".repeat(10_000)));

        assertThat(body(bucket, "k")).isEqualTo(utf8("y".repeat(10_000)));
    }

    private List<String> walk(String bucket, String prefix, String delimiter, int limit) {
        var found = new ArrayList<String>();
        var arguments = arguments("bucket", bucket, "prefix", prefix, "limit", limit);
        if (!delimiter.isEmpty()) {
            arguments.put("delimiter", delimiter);
        }
        var page = r2.read("r2.objects.list", arguments);
        add(found, page, limit);
        while (page.containsKey("cursor")) {
            page = r2.read("r2.objects.list", arguments.put("cursor", page.getString("cursor")));
            add(found, page, limit);
        }
        return found;
    }

    private static void add(List<String> found, JsonObject page, int limit) {
        var entries = new ArrayList<>(keys(page));
        page.getJsonArray("prefixes").forEach(prefix -> entries.add(prefix + " folder"));
        assertThat(entries).hasSizeLessThanOrEqualTo(limit);
        entries.sort((one, other) -> Arrays.compareUnsigned(utf8(one), utf8(other)));
        found.addAll(entries);
    }

    private static List<String> expected(TreeSet<String> keys, String prefix, String delimiter) {
        var expected = new ArrayList<String>();
        for (var key : keys) {
            var at = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
            var entry = at < 0 ? key : key.substring(0, at + delimiter.length()) + " folder";
            if (key.startsWith(prefix) && !expected.contains(entry)) {
                expected.add(entry);
            }
        }
        expected.sort((one, other) -> Arrays.compareUnsigned(utf8(one), utf8(other)));
        return expected;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private ToolException.Reason reason(String operation, JsonObject arguments) {
        return r2.refused(operation, Operation.Access.READ, arguments).reason();
    }

    private String bucket() {
        r2.write("r2.buckets.create", arguments("bucket", "of-a-test"));
        return "of-a-test";
    }

    private byte[] body(String bucket, String key) {
        return Bytes.of(r2.reply("r2.objects.get", arguments("bucket", bucket, "key", key))
                .body()
                .orElseThrow());
    }

    private static List<String> keys(JsonObject page) {
        return page.getJsonArray("objects").stream()
                .map(object -> ((JsonObject) object).getString("key"))
                .toList();
    }

    private List<String> files() {
        try (var files = Files.list(folder.resolve(R2Tables.OBJECTS))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
