package symbolai.mcp.server.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasterKeyTest {

    private static final MasterKey KEY = MasterKey.of(new byte[32]);

    @TempDir
    Path folder;

    @Test
    void theKeyIsMadeOnceForItsOwnerOnly() throws Exception {
        var made = MasterKey.load(folder);
        var again = MasterKey.load(folder);

        assertThat(again.derive("a")).isEqualTo(made.derive("a"));
        assertThat(mode(folder.resolve("keys"))).isEqualTo("rwx------");
        assertThat(mode(folder.resolve("keys/master.key"))).isEqualTo("rw-------");
        assertThat(folder.resolve("keys")).isDirectoryContaining(file -> file.endsWith("master.key"));
        assertThat(Files.list(folder.resolve("keys")).toList()).hasSize(1);
    }

    @Test
    void twoServersHaveTwoKeys() throws Exception {
        var one = MasterKey.load(Files.createDirectory(folder.resolve("one")));
        var other = MasterKey.load(Files.createDirectory(folder.resolve("other")));

        assertThat(one.derive("a")).isNotEqualTo(other.derive("a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw-rw----", "r-------x"})
    void aKeyThatOthersCanReadIsRefused(String mode) throws Exception {
        MasterKey.load(folder);
        var file = folder.resolve("keys/master.key");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

        assertThatThrownBy(() -> MasterKey.load(folder))
                .hasMessage("the master key " + file + " can be used by others (mode " + mode
                        + "); make it private with: chmod go= '" + file + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "not base64 at all!", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void aDamagedKeyIsRefusedWithoutBeingShown(String text) throws Exception {
        var file = Files.createFile(
                folder.resolve("given.key"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text);

        assertThatThrownBy(() -> MasterKey.read(file))
                .hasMessage(
                        "the master key " + file
                                + " is damaged: it must be 32 random bytes in base64; make one with: head -c 32 /dev/urandom | base64");
    }

    @Test
    void aMissingGivenKeyIsRefused() {
        var file = folder.resolve("none.key");

        assertThatThrownBy(() -> MasterKey.read(file))
                .hasMessage("the master key " + file + " cannot be looked at: it does not exist");
    }

    /** RFC 5869, test case 1, the first block. */
    @Test
    void keysAreDerivedByHkdf() {
        var hex = HexFormat.of();
        var pseudoRandomKey = Hmac.compute(
                hex.parseHex("000102030405060708090a0b0c"),
                hex.parseHex("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"));

        assertThat(pseudoRandomKey)
                .isEqualTo(hex.parseHex("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5"));
        assertThat(Hmac.expand(pseudoRandomKey, hex.parseHex("f0f1f2f3f4f5f6f7f8f9")))
                .isEqualTo(hex.parseHex("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"));
    }

    @Test
    void aFileWithoutTheKeyInUseIsNotTakenOver() throws Exception {
        var file = Files.createFile(
                folder.resolve("given.key"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        var former = base64(1);
        Files.writeString(file, former);
        var key = MasterKey.read(file);
        var sealed = key.sealer("a").seal(bytes("x"), "");

        Files.writeString(file, base64(2));
        assertThatThrownBy(key::reread)
                .hasMessage("the key that everything is sealed with is not in " + file
                        + " any more: put it back, on a line below the new one");
        assertThat(key.sealer("a").open(sealed, "")).contains(bytes("x"));

        Files.writeString(file, base64(2) + "\n" + former);
        assertThat(key.reread()).isTrue();
        assertThat(key.reread()).isFalse();
        assertThat(key.sealer("a").open(sealed, "")).contains(bytes("x"));
    }

    private static String base64(int fill) {
        var bytes = new byte[MasterKey.LENGTH];
        Arrays.fill(bytes, (byte) fill);
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Test
    void eachPurposeHasAKeyOfItsOwn() {
        assertThat(KEY.derive("session")).hasSize(32).isNotEqualTo(KEY.derive("state"));
        assertThat(KEY.sealer("a").open(KEY.sealer("b").seal(bytes("x"), ""), ""))
                .isEmpty();
        assertThat(KEY.signer("a").verify(KEY.signer("b").sign(bytes("x")))).isEmpty();
    }

    @Test
    void whatIsSealedOpensForTheSameThingOnly() {
        var sealer = KEY.sealer("state");

        var sealed = sealer.seal(bytes("hello"), "ada");

        assertThat(sealed).matches("[A-Za-z0-9_-]+");
        assertThat(sealer.open(sealed, "ada"))
                .hasValueSatisfying(plain -> assertThat(plain).isEqualTo(bytes("hello")));
        assertThat(sealer.open(sealed, "bob")).isEmpty();
        assertThat(sealer.seal(bytes("hello"), "ada")).isNotEqualTo(sealed);
        assertThat(sealer.open(sealer.seal(new byte[0], ""), "")).isPresent();
    }

    @Test
    void aSignatureHoldsForItsPayload() {
        var signer = KEY.signer("session");

        assertThat(signer.verify(signer.sign(bytes("hello"))))
                .hasValueSatisfying(payload -> assertThat(payload).isEqualTo(bytes("hello")));
        assertThat(signer.verify(signer.sign(new byte[0]))).isPresent();
    }

    @Test
    void noChangedCharacterIsAccepted() {
        var sealer = KEY.sealer("state");
        var signer = KEY.signer("session");
        var sealed = sealer.seal(bytes("hello"), "ada");
        var signed = signer.sign(bytes("hello"));

        IntStream.range(0, sealed.length())
                .forEach(index ->
                        assertThat(sealer.open(changed(sealed, index), "ada")).isEmpty());
        IntStream.range(0, signed.length())
                .forEach(index ->
                        assertThat(signer.verify(changed(signed, index))).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "AAAA", "not base64!", "\u0000", "====", "AAAA AAAA", "é"})
    void nonsenseIsNotAccepted(String text) {
        assertThat(KEY.sealer("state").open(text, "")).isEmpty();
        assertThat(KEY.signer("session").verify(text)).isEmpty();
        assertThat(KEY.sealer("state").open(text.repeat(10_000), "")).isEmpty();
    }

    @Test
    void aMasterKeyHas32Bytes() {
        assertThatThrownBy(() -> MasterKey.of(Arrays.copyOf(new byte[0], 31)))
                .hasMessage("a master key has 32 bytes, not 31");
    }

    private static String changed(String text, int index) {
        var changed = text.charAt(index) == 'A' ? 'B' : 'A';
        return text.substring(0, index) + changed + text.substring(index + 1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String mode(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
