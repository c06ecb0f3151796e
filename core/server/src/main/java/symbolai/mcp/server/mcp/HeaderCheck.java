package symbolai.mcp.server.mcp;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import symbolai.mcp.server.jsonrpc.JsonRpcError;
import symbolai.mcp.server.jsonrpc.JsonRpcException;
import symbolai.mcp.server.jsonrpc.JsonRpcMessage;
import symbolai.mcp.server.tools.Catalogs;
import symbolai.mcp.server.tools.Entry;

/** Compares the headers that mirror the body with the body: whoever routed by them must have been told the truth. */
final class HeaderCheck implements RequestChecks {

    private static final String VERSION = "MCP-Protocol-Version";
    private static final String METHOD = "Mcp-Method";
    private static final String NAME = "Mcp-Name";
    private static final Map<String, String> NAMED = Map.of(
            "tools/call", "name",
            "prompts/get", "name",
            "resources/read", "uri",
            "tasks/get", "taskId",
            "tasks/update", "taskId",
            "tasks/cancel", "taskId");

    private final RequestHead head;
    private final JsonRpcMessage.Request request;
    private final HeaderText text = new HeaderText();

    HeaderCheck(RequestHead head, JsonRpcMessage.Request request) {
        this.head = head;
        this.request = request;
    }

    @Override
    public void version(Envelope envelope) {
        requireEqual(VERSION, single(VERSION), envelope.version());
    }

    @Override
    public void names() {
        requireEqual(METHOD, single(METHOD), request.method());
        var field = NAMED.get(request.method());
        if (field != null && request.params().getValue(field) instanceof String name) {
            requireEqual(NAME, single(NAME).map(value -> decoded(NAME, value)), name);
        }
    }

    @Override
    public void arguments(Catalogs catalogs) {
        if (request.method().equals("tools/call") && request.params().getValue("name") instanceof String tool) {
            var arguments = new Params(request.params()).object("arguments");
            catalogs.current()
                    .tool(tool)
                    .map(Entry::value)
                    .ifPresent(found -> arguments(found.inputSchema(), arguments));
        }
    }

    void arguments(JsonObject schema, Optional<JsonObject> arguments) {
        new ArgumentHeaders(schema, arguments).forEach(this::argument);
    }

    private void argument(String name, Optional<Object> value) {
        var header = "Mcp-Param-" + name;
        if (value.isEmpty()) {
            if (!head.all(header).isEmpty()) {
                throw mismatch(header + " is there, but the argument is not");
            }
            return;
        }
        var sent = single(header).map(wire -> decoded(header, wire));
        if (sent.isEmpty()) {
            throw mismatch(header + " is missing, but the argument is there");
        }
        if (!new ArgumentValue(value.get()).equalsText(sent.get())) {
            throw mismatch(header + " differs from the argument");
        }
    }

    private Optional<String> single(String header) {
        if (head.all(header).size() > 1) {
            throw mismatch(header + " is there more than once");
        }
        return head.header(header);
    }

    private String decoded(String header, String value) {
        return text.decode(value)
                .orElseThrow(() -> mismatch(header + " is not plain ASCII, nor =?base64?…?= around Base64 of UTF-8"));
    }

    private static void requireEqual(String header, Optional<String> sent, String body) {
        if (sent.isEmpty()) {
            throw mismatch(header + " is missing");
        }
        if (!sent.get().equals(body)) {
            throw mismatch(header + " differs from the body");
        }
    }

    private static JsonRpcException mismatch(String message) {
        return new JsonRpcException(JsonRpcError.HEADER_MISMATCH, message);
    }
}
