package symbolai.mcp.server.tools;

import java.util.Map;
import symbolai.mcp.api.Call;
import symbolai.mcp.api.PromptCall;

/** A request for a prompt. */
record PromptRequest(Call common, Map<String, String> arguments) implements DelegatingCall, PromptCall {
    PromptRequest {
        arguments = Map.copyOf(arguments);
    }
}
