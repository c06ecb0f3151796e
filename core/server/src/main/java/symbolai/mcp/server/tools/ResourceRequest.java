package symbolai.mcp.server.tools;

import java.util.Map;
import symbolai.mcp.api.Call;
import symbolai.mcp.api.ResourceCall;

/** A reading of a resource. */
record ResourceRequest(Call common, String uri, Map<String, String> variables)
        implements DelegatingCall, ResourceCall {}
