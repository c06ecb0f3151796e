package symbolai.mcp.server.mcp.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import symbolai.mcp.api.ClientCapability;
import symbolai.mcp.server.jsonrpc.JsonRpcError;
import symbolai.mcp.server.jsonrpc.JsonRpcException;
import symbolai.mcp.server.mcp.ServerProfile;

class HandshakeTest {

    private final Handshake handshake =
            new Handshake(new ServerProfile("symbolai-mcp", "SymbolAI MCP", "1", "Use it.", false));

    @ParameterizedTest
    @CsvSource({
        "2024-11-05, 2024-11-05",
        "2025-03-26, 2025-03-26",
        "2025-06-18, 2025-06-18",
        "2025-11-25, 2025-11-25",
        "2026-07-28, 2025-11-25",
        "2031-01-01, 2025-11-25",
        "1999-01-01, 2025-11-25",
        "DRAFT-2026, 2025-11-25",
        "'', 2025-11-25"
    })
    void pitfall18VersionsAreCounterOffered(String requested, String agreed) {
        var client = handshake.read(new JsonObject().put("protocolVersion", requested));

        assertThat(client.version().text()).isEqualTo(agreed);
        assertThat(handshake.result(client).toJsonObject().getString("protocolVersion"))
                .isEqualTo(agreed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"protocolVersion\":null}",
                "{\"protocolVersion\":20251125}",
                "{\"protocolVersion\":[\"2025-11-25\"]}",
                "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":\"all\"}",
                "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":[]}",
                "{\"protocolVersion\":\"2025-11-25\",\"clientInfo\":\"me\"}",
                "{\"protocolVersion\":\"2025-11-25\",\"clientInfo\":7}"
            })
    void paramsOfTheWrongTypeAreRefused(String params) {
        assertThatThrownBy(() -> handshake.read(new JsonObject(params)))
                .isInstanceOfSatisfying(
                        JsonRpcException.class,
                        problem -> assertThat(problem.error()).isEqualTo(JsonRpcError.INVALID_PARAMS));
    }

    @ParameterizedTest
    @CsvSource({
        "2024-11-05, SAMPLING ROOTS",
        "2025-03-26, SAMPLING ROOTS",
        "2025-06-18, ELICITATION_FORM SAMPLING ROOTS",
        "2025-11-25, ELICITATION_FORM ELICITATION_URL SAMPLING ROOTS"
    })
    void capabilitiesAreThoseThatTheVersionKnows(String version, String known) {
        var declared = new JsonObject("""
                {"elicitation": {"form": {}, "url": {}}, "sampling": {}, "roots": {"listChanged": true},
                 "extensions": {"io.modelcontextprotocol/tasks": {}}}""");

        var client =
                handshake.read(new JsonObject().put("protocolVersion", version).put("capabilities", declared));

        assertThat(client.capabilities())
                .containsExactlyInAnyOrderElementsOf(List.of(known.split(" ")).stream()
                        .map(ClientCapability::valueOf)
                        .toList());
    }

    @Test
    void theClientIsCalledByNameAndVersion() {
        var client = handshake.read(new JsonObject("""
                {"protocolVersion": "2025-11-25", "clientInfo": {"name": "inspector", "version": "2.12.0"}}"""));

        assertThat(client.name()).isEqualTo("inspector/2.12.0");
    }

    @Test
    void aLongNameIsCut() {
        var info = new JsonObject().put("name", "n".repeat(10_000)).put("version", 1);

        var client = handshake.read(
                new JsonObject().put("protocolVersion", "2025-11-25").put("clientInfo", info));

        assertThat(client.name()).hasSize(80);
    }

    @Test
    void theResultSaysWhoAnswers() {
        var result = handshake
                .result(handshake.read(new JsonObject().put("protocolVersion", "2025-11-25")))
                .toJsonObject();

        assertThat(result.getJsonObject("serverInfo").getString("name")).isEqualTo("symbolai-mcp");
        assertThat(result.getString("instructions")).isEqualTo("Use it.");
        assertThat(result.getJsonObject("capabilities").fieldNames())
                .contains("tools", "resources", "prompts", "logging", "completions");
        assertThat(result.fieldNames())
                .containsExactlyInAnyOrder("protocolVersion", "capabilities", "serverInfo", "instructions");
    }
}
