package symbolai.mcp.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import symbolai.mcp.server.crypto.SecretShapes;

/** Security row 32: secrets are known by their form. */
class SecretShapesTest {

    static final List<String> SECRETS = List.of(
            "cfut_" + "a1B2".repeat(10) + "deadbeef",
            "cfat_" + "a1B2".repeat(10) + "deadbeef",
            "cfk_" + "a1B2".repeat(10) + "deadbeef",
            "smcp_AbCdEfGhIjKl_" + "x9Y8".repeat(10) + "1234567",
            "smcpa_" + "Zz09".repeat(12),
            "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl");

    @ParameterizedTest
    @FieldSource("SECRETS")
    void row32ASecretIsMaskedWhereverItStands(String secret) {
        var text = SecretShapes.masked("Bearer " + secret + ", \"" + secret + "\"; key=" + secret + ".");

        assertThat(text).doesNotContain(secret.substring(10)).contains("Bearer ", "***", "; key=");
    }

    @ParameterizedTest
    @FieldSource("SECRETS")
    void maskedJsonIsStillJson(String secret) {
        var json = new JsonObject().put("reason", "there is no " + secret).put("n", 1);

        assertThat(new JsonObject(SecretShapes.masked(json.encode())).getInteger("n"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cfut_short",
                "smcp_AbCdEfGhIjKl",
                "my_cfut_aaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "eyJust a word",
                "0123456789abcdef0123456789abcdef",
                "dcr_AAAAAAAAAAAAAAAAAAAAAA"
            })
    void whatIsNoneStays(String text) {
        assertThat(SecretShapes.masked(text)).isEqualTo(text);
    }
}
