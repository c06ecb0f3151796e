package symbolai.mcp.server.tools;

import java.util.Map;
import symbolai.mcp.api.Call;
import symbolai.mcp.api.CompletionCall;

/** A request for proposals. */
record CompletionRequest(Call common, String value, Map<String, String> others)
        implements DelegatingCall, CompletionCall {
    CompletionRequest {
        others = Map.copyOf(others);
    }
}
