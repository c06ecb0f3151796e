package symbolai.mcp.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import symbolai.mcp.server.tools.InternalFailure;

class FailuresTest {

    private final InternalFailure failure = new InternalFailure("42", new IllegalStateException("the inside"));

    @Test
    void inProductionABugIsAnIdAndNothingElse() {
        var answer = new Failures(false).answer(failure, ProtocolVersion.V2025_11_25);

        assertThat(answer.error().code()).isEqualTo(-32603);
        assertThat(answer.text()).doesNotContain("the inside");
        assertThat(answer.data()).contains(new JsonObject().put("id", "42"));
    }

    @Test
    void inDevelopmentItCarriesDetails() {
        var answer = new Failures(true).answer(failure, ProtocolVersion.V2026_07_28);

        assertThat(answer.data())
                .contains(
                        new JsonObject().put("id", "42").put("details", "java.lang.IllegalStateException: the inside"));
    }

    @Test
    void whatNobodyExpectedIsABugToo() {
        var answer = new Failures(true).answer(new IllegalArgumentException("odd"), ProtocolVersion.V2026_07_28);

        assertThat(answer.error().code()).isEqualTo(-32603);
        assertThat(answer.data().orElseThrow().getString("details"))
                .isEqualTo("java.lang.IllegalArgumentException: odd");
    }
}
