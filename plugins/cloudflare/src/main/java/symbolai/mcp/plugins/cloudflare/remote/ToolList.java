package symbolai.mcp.plugins.cloudflare.remote;

import io.vertx.core.json.JsonArray;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import symbolai.mcp.api.Deadline;
import symbolai.mcp.plugins.cloudflare.backend.Fields;

/**
 * The tools that a server has now.
 *
 * @param tools by name
 * @param until how long that is believed
 */
record ToolList(Map<String, Shape> tools, Deadline until) {

    private static final Duration LIFETIME = Duration.ofMinutes(10);

    /**
     * What a tool takes.
     *
     * @param required the arguments that it cannot do without
     * @param known all its arguments; none when it does not say
     */
    record Shape(Set<String> required, Set<String> known) {}

    ToolList {
        tools = Map.copyOf(tools);
    }

    static ToolList of(List<Fields> listed) {
        var tools = new HashMap<String, Shape>();
        for (var tool : listed) {
            tool.filled("name").ifPresent(name -> tools.put(name, shape(tool.at("inputSchema"))));
        }
        return new ToolList(tools, Deadline.after(LIFETIME));
    }

    boolean isFresh() {
        return !until.hasPassed();
    }

    /** What stands in the way of using a tool as it is needed, as the end of a sentence; empty when nothing does. */
    Optional<String> obstacle(ToolNeed need) {
        var shape = tools.get(need.tool());
        if (shape == null) {
            return Optional.of("has no tool " + need.tool() + " now");
        }
        var demanded = new TreeSet<>(shape.required());
        demanded.removeAll(need.arguments());
        if (!demanded.isEmpty()) {
            return Optional.of("has a tool " + need.tool() + " that now asks for other arguments: " + demanded);
        }
        var unknown = new TreeSet<>(need.arguments());
        unknown.removeAll(shape.known());
        return shape.known().isEmpty() || unknown.isEmpty()
                ? Optional.empty()
                : Optional.of("has a tool " + need.tool() + " that no longer takes " + unknown);
    }

    private static Shape shape(Fields schema) {
        var required = schema.json().getValue("required") instanceof JsonArray names
                ? names.stream().map(String::valueOf).collect(Collectors.toSet())
                : Set.<String>of();
        return new Shape(required, Set.copyOf(schema.at("properties").json().fieldNames()));
    }
}
