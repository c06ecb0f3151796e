package symbolai.mcp.server.tools;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Tells to which Worker a search of events is limited. */
final class WatchedWorker {

    private static final String SERVICE = "$metadata.service";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,63}");

    private WatchedWorker() {}

    /** The one Worker whose events alone can come; empty when others' can. All filters of an operation must hold, so one that names it is enough. */
    static Optional<String> of(JsonObject arguments) {
        if (!(arguments.getValue("filters") instanceof JsonArray filters)) {
            return Optional.empty();
        }
        var named = filters.stream()
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .filter(filter -> SERVICE.equals(filter.getValue("key")) && "eq".equals(filter.getValue("operation")))
                .map(filter -> filter.getValue("value") instanceof String name ? name : "")
                .collect(Collectors.toSet());
        return named.size() == 1
                ? named.stream().filter(name -> NAME.matcher(name).matches()).findFirst()
                : Optional.empty();
    }
}
