package symbolai.mcp.server.tools;

import java.util.Map;
import symbolai.mcp.api.ResourceHandler;

/**
 * Who reads a URI.
 *
 * @param entry the handler of the fixed resource or of the template that matches
 * @param variables the values of the template's variables, decoded; empty for a fixed resource
 */
public record ResourceMatch(Entry<ResourceHandler> entry, Map<String, String> variables) {
    public ResourceMatch {
        variables = Map.copyOf(variables);
    }
}
