package symbolai.mcp.api;

import java.util.Map;

/** One reading of a resource. */
public interface ResourceCall extends Call {

    /** The URI that is read. */
    String uri();

    /** The values of the template's variables, decoded; empty for a fixed resource. */
    Map<String, String> variables();
}
