package symbolai.mcp.api;

import java.util.Map;

/** What was typed so far. */
public interface CompletionCall extends Call {

    /** The beginning of the value; may be empty. */
    String value();

    /** The arguments or variables that are filled in already. */
    Map<String, String> others();
}
