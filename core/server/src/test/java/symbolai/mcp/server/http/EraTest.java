package symbolai.mcp.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Credential;
import symbolai.mcp.api.Role;
import symbolai.mcp.server.jsonrpc.JsonRpcCodec;
import symbolai.mcp.server.jsonrpc.JsonRpcException;
import symbolai.mcp.server.mcp.RequestHead;

class EraTest {

    private static final String META = "'_meta':{'io.modelcontextprotocol/protocolVersion':VERSION,"
            + "'io.modelcontextprotocol/clientCapabilities':CAPABILITIES}";

    private final JsonRpcCodec codec = new JsonRpcCodec();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                // header     | session of 2024 | body | era or error
                "             | | {'id':1,'method':'initialize'}                        | LEGACY",
                "2025-11-25   | | {'id':1,'method':'initialize'}                        | LEGACY",
                "1999-01-01   | | {'id':1,'method':'initialize'}                        | LEGACY",
                "2026-07-28   | | {'id':1,'method':'initialize'}                        | -32020",
                "2026-07-28   | | {'id':1,'method':'initialize','params':{MODERN}}      | MODERN",
                "             | | {'id':1,'method':'initialize','params':{MODERN}}      | MODERN",
                "             | | {'id':1,'method':'initialize','params':{HALF}}        | LEGACY",
                "2026-07-28   | | {'id':1,'method':'initialize','params':{HALF}}        | -32020",
                "             | | {'id':1,'method':'tools/list','params':{MODERN}}      | MODERN",
                "2025-06-18   | | {'id':1,'method':'tools/list','params':{MODERN}}      | MODERN",
                "2026-07-28   | | {'id':1,'method':'tools/list','params':{MODERN}}      | MODERN",
                "             | | {'id':1,'method':'tools/list','params':{HALF}}        | MODERN",
                "             | | {'id':1,'method':'tools/list','params':{NUMBER}}      | MODERN",
                "             | | {'id':1,'method':'tools/list','params':{UNKNOWN}}     | MODERN",
                "2026-07-28   | | {'id':1,'method':'tools/list'}                        | -32602",
                "2026-07-28   | | {'id':1,'method':'tools/list','params':{'_meta':{}}}  | -32602",
                "2026-07-28   | | {'id':1,'method':'tools/list','params':{'_meta':7}}   | -32602",
                "2099-01-01   | | {'id':1,'method':'tools/list'}                        | LEGACY",
                "2025-03-26   | | {'id':1,'method':'tools/list'}                        | LEGACY",
                "             | | {'id':1,'method':'tools/list'}                        | LEGACY",
                "             | | {'id':1,'method':'tools/list','params':{'_meta':{'progressToken':1}}} | LEGACY",
                "             | | {'id':1,'method':'ping'}                              | LEGACY",
                "             | | {'method':'notifications/initialized'}                | LEGACY",
                "2025-11-25   | | {'method':'notifications/cancelled'}                  | LEGACY",
                "2026-07-28   | | {'method':'notifications/cancelled'}                  | MODERN",
                "             | | {'method':'notifications/x','params':{MODERN}}        | MODERN",
                "             | | {'id':1,'result':{}}                                  | LEGACY",
                "2026-07-28   | | {'id':1,'result':{}}                                  | MODERN",
                "             | | [{'id':1,'method':'ping'}]                            | LEGACY",
                "2025-03-26   | | [{'id':1,'method':'ping'},7]                          | LEGACY",
                "             | | [{'id':1,'method':'ping'},{'id':2,'method':'tools/list','params':{MODERN}}] | -32600",
                "             | | [{'method':'notifications/x','params':{HALF}}]        | -32600",
                "             | s | {'id':1,'method':'tools/list'}                      | LEGACY",
                "2026-07-28   | s | {'id':1,'method':'tools/list'}                      | LEGACY",
            })
    void theBodyDecidesAndHeadersConfirm(String header, String session, String body, String expected) {
        var text = body.replace("MODERN", META)
                .replace("HALF", "'_meta':{'io.modelcontextprotocol/protocolVersion':'2026-07-28'}")
                .replace("NUMBER", META.replace("VERSION", "7"))
                .replace("UNKNOWN", META.replace("VERSION", "'2099-01-01'"))
                .replace("VERSION", "'2026-07-28'")
                .replace("CAPABILITIES", "{}")
                .replace("{'id'", "{'jsonrpc':'2.0','id'")
                .replace("{'method'", "{'jsonrpc':'2.0','method'")
                .replace('\'', '"');

        assertThat(era(header, session, text)).isEqualTo(expected);
    }

    private String era(String header, String session, String body) {
        Map<String, List<String>> headers = header == null ? Map.of() : Map.of("mcp-protocol-version", List.of(header));
        var caller = new Caller("u", "u", Role.ADMIN, Credential.LOCAL, "127.0.0.1");
        var head = new RequestHead("/mcp", headers, Optional.ofNullable(session), caller);
        try {
            return Era.of(head, codec.decode(Buffer.buffer(body))).name();
        } catch (JsonRpcException problem) {
            return String.valueOf(problem.error().code());
        }
    }
}
