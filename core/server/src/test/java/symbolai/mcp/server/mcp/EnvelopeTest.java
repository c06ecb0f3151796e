package symbolai.mcp.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import symbolai.mcp.api.CallLog;
import symbolai.mcp.api.ClientCapability;
import symbolai.mcp.server.jsonrpc.JsonRpcException;
import symbolai.mcp.server.tools.CapabilityMissing;

class EnvelopeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{'V':'2026-07-28','C':{}} | true",
                "{'V':'anything','C':{}} | true",
                "{'V':'2026-07-28','C':{},'I':{'name':'c','version':'1'}} | true",
                "{'V':'2026-07-28','C':{},'I':{'name':'c'}} | true",
                "{'V':'2026-07-28','C':{},'L':'debug'} | true",
                "{'V':'2026-07-28','C':{},'other':7} | true",
                "{} | false",
                "{'V':'2026-07-28'} | false",
                "{'C':{}} | false",
                "{'V':null,'C':{}} | false",
                "{'V':7,'C':{}} | false",
                "{'V':'2026-07-28','C':null} | false",
                "{'V':'2026-07-28','C':[]} | false",
                "{'V':'2026-07-28','C':'x'} | false",
                "{'V':'2026-07-28','C':{},'I':'c'} | false",
                "{'V':'2026-07-28','C':{},'I':null} | false",
                "{'V':'2026-07-28','C':{},'I':{}} | false",
                "{'V':'2026-07-28','C':{},'L':'loud'} | false",
                "{'V':'2026-07-28','C':{},'L':'DEBUG'} | false",
                "{'V':'2026-07-28','C':{},'L':7} | false",
                "{'V':'2026-07-28','C':{},'L':null} | false",
            })
    void envelopes(String meta, boolean accepted) {
        var params = json("{'_meta':" + meta + "}");

        assertThat(isAccepted(params)).isEqualTo(accepted);
    }

    @Test
    void withoutMetaThereIsNone() {
        assertThat(isAccepted(new JsonObject())).isFalse();
        assertThat(isAccepted(new JsonObject().put("_meta", "x"))).isFalse();
        assertThat(isAccepted(new JsonObject().putNull("_meta"))).isFalse();
    }

    @Test
    void whatItSaysIsRead() {
        var envelope = Envelope.read(
                json("{'_meta':{'V':'2026-07-28','C':{'roots':{}},'I':{'name':'c','version':'1'},'L':'warning'}}"));

        assertThat(envelope.name()).isEqualTo("c");
        assertThat(envelope.logLevel()).contains(CallLog.Level.WARNING);
        assertThat(new ClientCapabilities().read(envelope.capabilities())).containsExactly(ClientCapability.ROOTS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{} | ^^",
                "{'elicitation':{}} | ELICITATION_FORM",
                "{'elicitation':{'form':{}}} | ELICITATION_FORM",
                "{'elicitation':{'url':{}}} | ELICITATION_URL",
                "{'elicitation':{'form':{},'url':{}}} | ELICITATION_FORM ELICITATION_URL",
                "{'elicitation':true} | ^^",
                "{'sampling':{},'roots':{}} | SAMPLING ROOTS",
                "{'extensions':{'io.modelcontextprotocol/tasks':{}}} | TASKS",
                "{'extensions':{'io.modelcontextprotocol/tasks':true}} | ^^",
                "{'extensions':{'io.modelcontextprotocol/ui':{}}} | ^^",
                "{'tasks':{}} | ^^",
            })
    void capabilities(String declared, String expected) {
        var capabilities = new ClientCapabilities();
        var wanted = List.of(expected.split(" ")).stream()
                .filter(name -> !name.isEmpty())
                .map(ClientCapability::valueOf)
                .toList();

        var read = capabilities.read(json(declared));

        assertThat(read).containsExactlyInAnyOrderElementsOf(wanted);
        assertThat(capabilities.read(new CapabilityMissing(read).required())).isEqualTo(read);
    }

    private static boolean isAccepted(JsonObject params) {
        try {
            Envelope.read(params);
            return true;
        } catch (JsonRpcException refused) {
            assertThat(refused.error().code()).isEqualTo(-32602);
            return false;
        }
    }

    private static JsonObject json(String text) {
        return new JsonObject(text.replace("'V'", "'io.modelcontextprotocol/protocolVersion'")
                .replace("'C'", "'io.modelcontextprotocol/clientCapabilities'")
                .replace("'I'", "'io.modelcontextprotocol/clientInfo'")
                .replace("'L'", "'io.modelcontextprotocol/logLevel'")
                .replace('\'', '"'));
    }
}
