package symbolai.mcp.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Credential;
import symbolai.mcp.api.Role;
import symbolai.mcp.server.jsonrpc.JsonRpcException;
import symbolai.mcp.server.jsonrpc.JsonRpcMessage;

class HeadersTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "plain, plain",
                "'', ''",
                "=?base64?SGVsbG8sIOS4lueVjA==?=, 'Hello, \u4e16\u754c'",
                "=?base64?IHBhZGRlZCA=?=, ' padded '",
                "=?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?=, =?base64?literal?=",
                "=?base64??=, ''",
                "=?base64?SGVsbG8, =?base64?SGVsbG8",
                "SGVsbG8?=, SGVsbG8?=",
                "=?BASE64?SGVsbG8=?=, =?BASE64?SGVsbG8=?=",
                "=?base64?=, =?base64?=",
                "=?base64?SGVsbG8?=, -",
                "=?base64?SGVsbG8==?=, -",
                "=?base64?SGVsbG9=?=, -",
                "=?base64?SGVs bG8=?=, -",
                "=?base64?SGVs-_8=?=, -",
                "=?base64?/w==?=, -",
                "=?base64?7aCA?=, -",
                "=?base64?*?=, -",
                "caf\u00e9, -",
                "'a\u0001b', -",
                "'a\u007fb', -",
            })
    void wrappedValuesAreUnwrappedStrictly(String wire, String expected) {
        assertThat(new HeaderText().decode(wire)).isEqualTo(Optional.ofNullable(expected));
    }

    @Test
    void headersThatAgreeAreAccepted() {
        assertThat(problem("tools/call", "{'name':'t'}", "Mcp-Method: tools/call", "Mcp-Name: t"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            nullValues = "-",
            value = {
                // method | params | headers | accepted
                "tools/list | {} | Mcp-Method: tools/list | true",
                "tools/list | {} | mcp-method:   tools/list   | true",
                "tools/list | {} | Mcp-Method: Tools/List | false",
                "tools/list | {} | Mcp-Method: tools/call | false",
                "tools/list | {} | Mcp-Method: tools/list; Mcp-Method: tools/list | false",
                "tools/list | {} | - | false",
                "tools/list | {} | Mcp-Method: tools/list; Mcp-Name: whatever | true",
                "tools/call | {'name':'t'} | Mcp-Method: tools/call; Mcp-Name: t | true",
                "tools/call | {'name':'t'} | Mcp-Method: tools/call; MCP-NAME: t | true",
                "tools/call | {'name':'t'} | Mcp-Method: tools/call; Mcp-Name: =?base64?dA==?= | true",
                "tools/call | {'name':'t'} | Mcp-Method: tools/call; Mcp-Name: =?base64?dA?= | false",
                "tools/call | {'name':'t'} | Mcp-Method: tools/call; Mcp-Name: =?base64?dQ==?= | false",
                "tools/call | {'name':'t'} | Mcp-Method: tools/call; Mcp-Name: T | false",
                "tools/call | {'name':'t'} | Mcp-Method: tools/call; Mcp-Name: t; Mcp-Name: u | false",
                "tools/call | {'name':'t'} | Mcp-Method: tools/call | false",
                "tools/call | {} | Mcp-Method: tools/call | true",
                "prompts/get | {'name':'p'} | Mcp-Method: prompts/get; Mcp-Name: q | false",
                "resources/read | {'uri':'x://a'} | Mcp-Method: resources/read; Mcp-Name: x://a | true",
                "resources/read | {'uri':'x://a'} | Mcp-Method: resources/read; Mcp-Name: x://b | false",
                "resources/read | {'uri':'x://a'} | Mcp-Method: resources/read | false",
                "tasks/get | {'taskId':'1'} | Mcp-Method: tasks/get; Mcp-Name: 1 | true",
                "tasks/get | {'taskId':'1'} | Mcp-Method: tasks/get; Mcp-Name: 2 | false",
                "tasks/update | {'taskId':'1'} | Mcp-Method: tasks/update | false",
                "tasks/cancel | {'taskId':'1'} | Mcp-Method: tasks/cancel; Mcp-Name: 2 | false",
            })
    void row15HeadersMirrorTheBody(String method, String params, String headers, boolean accepted) {
        var lines = headers == null ? new String[0] : headers.split("; ");

        var problem = problem(method, params, lines);

        assertThat(problem.isEmpty()).isEqualTo(accepted);
        problem.ifPresent(code -> assertThat(code).isEqualTo(-32020));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            nullValues = "-",
            value = {
                // arguments | headers | accepted
                "{} | - | true",
                "{'region':null} | - | true",
                "{'region':'eu'} | Mcp-Param-Region: eu | true",
                "{'region':'eu'} | MCP-PARAM-REGION: eu | true",
                "{'region':'eu'} | Mcp-Param-Region: =?base64?ZXU=?= | true",
                "{'region':'eu'} | - | false",
                "{'region':'eu'} | Mcp-Param-Region: us | false",
                "{'region':'eu'} | Mcp-Param-Region: EU | false",
                "{'region':'eu'} | Mcp-Param-Region: eu; Mcp-Param-Region: eu | false",
                "{'region':'eu'} | Mcp-Param-Region: =?base64?ZXU?= | false",
                "{} | Mcp-Param-Region: eu | false",
                "{'region':null} | Mcp-Param-Region: null | false",
                "{'level':42} | Mcp-Param-Level: 42 | true",
                "{'level':42} | Mcp-Param-Level: 42.0 | true",
                "{'level':42.0} | Mcp-Param-Level: 42 | true",
                "{'level':42} | Mcp-Param-Level: 43 | false",
                "{'level':42} | Mcp-Param-Level: 4e1 | false",
                "{'level':42} | Mcp-Param-Level: x | false",
                "{'level':-7} | Mcp-Param-Level: -7 | true",
                "{'flag':true} | Mcp-Param-Flag: true | true",
                "{'flag':true} | Mcp-Param-Flag: TRUE | false",
                "{'outer':{'inner':'x'}} | Mcp-Param-Inner: x | true",
                "{'outer':{'inner':'x'}} | - | false",
                "{'outer':7} | - | true",
                "{'region':{'a':1}} | Mcp-Param-Region: {} | false",
            })
    void row15ArgumentsMirrorTheBody(String arguments, String headers, boolean accepted) {
        var schema = json("{'type':'object','properties':{'region':{'type':'string','x-mcp-header':'Region'},"
                + "'level':{'type':'integer','x-mcp-header':'Level'},'flag':{'type':'boolean','x-mcp-header':'Flag'},"
                + "'plain':{'type':'string'},"
                + "'outer':{'type':'object','properties':{'inner':{'type':'string','x-mcp-header':'Inner'}}}}}");
        var check = check("tools/call", json("{'name':'t'}"), headers == null ? new String[0] : headers.split("; "));

        assertThat(code(() -> check.arguments(schema, Optional.of(json(arguments))))
                        .isEmpty())
                .isEqualTo(accepted);
    }

    private static Optional<Integer> problem(String method, String params, String... headers) {
        return code(() -> check(method, json(params), headers).names());
    }

    private static Optional<Integer> code(Runnable action) {
        try {
            action.run();
            return Optional.empty();
        } catch (JsonRpcException problem) {
            return Optional.of(problem.error().code());
        }
    }

    private static HeaderCheck check(String method, JsonObject params, String... lines) {
        Map<String, List<String>> headers = new HashMap<>();
        for (var line : lines) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(
                            line.substring(0, colon).strip().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(line.substring(colon + 1));
        }
        var caller = new Caller("u", "u", Role.ADMIN, Credential.LOCAL, "127.0.0.1");
        return new HeaderCheck(
                new RequestHead("/mcp", headers, Optional.empty(), caller),
                new JsonRpcMessage.Request(1L, method, params));
    }

    private static JsonObject json(String text) {
        return new JsonObject(text.replace('\'', '"'));
    }
}
