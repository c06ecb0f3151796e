package symbolai.mcp.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.server.tools.InternalFailure;

class FailuresTest {

    private final InternalFailure failure = new InternalFailure("42", new IllegalStateException("the inside"));

    @Test
    void inProductionABugIsAnIdAndNothingElse() {
        var answer = failures(false).answer(failure, ProtocolVersion.V2025_11_25);

        assertThat(answer.error().code()).isEqualTo(-32603);
        assertThat(answer.text()).doesNotContain("the inside");
        assertThat(answer.data()).contains(new JsonObject().put("id", "42"));
    }

    @Test
    void inDevelopmentItCarriesDetails() {
        var answer = failures(true).answer(failure, ProtocolVersion.V2026_07_28);

        assertThat(answer.data())
                .contains(
                        new JsonObject().put("id", "42").put("details", "java.lang.IllegalStateException: the inside"));
    }

    @Test
    void whatNobodyExpectedIsABugToo() {
        var answer = failures(true).answer(new IllegalArgumentException("odd"), ProtocolVersion.V2026_07_28);

        assertThat(answer.error().code()).isEqualTo(-32603);
        assertThat(answer.data().orElseThrow().getString("details"))
                .isEqualTo("java.lang.IllegalArgumentException: odd");
    }

    @Test
    void whoIsNotConnectedIsToldWhereToBegin() {
        var server = new ServerProfile("n", "t", "1", "", false, () -> Optional.of("http://localhost/connect"));

        var answer = new Failures(server)
                .answer(new ToolException(Reason.NOT_CONNECTED, "connect first"), ProtocolVersion.V2025_11_25);

        assertThat(answer.data().orElseThrow())
                .isEqualTo(new JsonObject().put("code", "MCP_NOT_CONNECTED").put("url", "http://localhost/connect"));
    }

    private static Failures failures(boolean development) {
        return new Failures(new ServerProfile("n", "t", "1", "", development));
    }
}
