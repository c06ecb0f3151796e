package symbolai.mcp.server.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.junit.jupiter.api.Test;

class PublicSignerTest {

    /** Test 1 of RFC 8032, 7.1. */
    private static final String KEY = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

    private static final String SIGNATURE =
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
                    + "d25bf5f0595bbe24655141438e7a100b";

    private final MasterKey master = MasterKey.of(new byte[MasterKey.LENGTH]);
    private final PublicSigner signer = master.publicSigner("test");

    @Test
    void signsAsEd25519Does() {
        var other = new Ed25519Signer();
        other.init(true, new Ed25519PrivateKeyParameters(master.derive("public signature test"), 0));
        other.update("text".getBytes(StandardCharsets.UTF_8), 0, 4);

        assertThat(signer.sign("text")).isEqualTo(Base64Url.encode(other.generateSignature()));
        assertThat(signer.key(List.of()).verify("text", signer.sign("text"))).isTrue();
        assertThat(signer.key(List.of()).verify("Text", signer.sign("text"))).isFalse();
    }

    @Test
    void itsKeyIsTheSameAmongKnownOnesAndDerived() {
        var derived = signer.key(List.of());
        var foreign = master.publicSigner("another").key(List.of());

        assertThat(signer.key(List.of(foreign, derived))).isSameAs(derived);
        assertThat(signer.keys(List.of(foreign, derived))).containsExactly(derived);
        assertThat(signer.key(List.of(foreign)).id()).isEqualTo(derived.id()).isNotEqualTo(foreign.id());
    }

    @Test
    void checksWhatOthersSigned() {
        var key = read(KEY);
        var signature = HexFormat.of().parseHex(SIGNATURE);

        assertThat(key.verify("", Base64Url.encode(signature))).isTrue();
        for (int at = 0; at < signature.length; at++) {
            var changed = signature.clone();
            changed[at] ^= (byte) 0x80;
            assertThat(key.verify("", Base64Url.encode(changed)))
                    .as("byte %d", at)
                    .isFalse();
        }
    }

    @Test
    void nothingIsSignedForWhatIsNoKeyOrNoSignature() {
        var signature = Base64Url.encode(HexFormat.of().parseHex(SIGNATURE));
        for (var none : List.of("00", "ff", "02")) {
            assertThat(read(none.repeat(32)).verify("", signature)).as(none).isFalse();
        }
        var all = new byte[64];
        Arrays.fill(all, (byte) 0xff);
        for (var none : List.of("", "AA", "!", Base64Url.encode(all), signature + "AAAA")) {
            assertThat(read(KEY).verify("", none)).as(none).isFalse();
        }
    }

    private static VerifyingKey read(String key) {
        var bytes = HexFormat.of().parseHex("302a300506032b6570032100" + key);
        var pem = "-----BEGIN PUBLIC KEY-----\n" + Base64.getEncoder().encodeToString(bytes)
                + "\n-----END PUBLIC KEY-----\n";
        return VerifyingKey.read(pem).get(0);
    }
}
