package symbolai.mcp.server.tools;

import java.util.Map;
import java.util.Optional;
import symbolai.mcp.api.ResourceHandler;

/**
 * Who reads a URI.
 *
 * @param entry the handler of the fixed resource or of the template that matches
 * @param tool the tool that shows the same, where one is named
 * @param variables the values of the template's variables, decoded; empty for a fixed resource
 */
public record ResourceMatch(Entry<ResourceHandler> entry, Optional<String> tool, Map<String, String> variables) {
    public ResourceMatch {
        variables = Map.copyOf(variables);
    }

    Entry<ResourceMatch> asEntry() {
        return new Entry<>(entry.plugin(), this, entry.lease());
    }
}
