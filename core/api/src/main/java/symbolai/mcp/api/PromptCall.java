package symbolai.mcp.api;

import java.util.Map;

/** One request for a prompt. */
public interface PromptCall extends Call {

    /** The arguments; the required ones are there. */
    Map<String, String> arguments();
}
