package symbolai.mcp.server.tools;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import symbolai.mcp.api.Operation;
import symbolai.mcp.server.policy.Decision;

/** What the operations of one call named so far, for its last record: the account, databases and whatever else is in it, and the last answer. */
final class Touched {

    private static final int MOST = 5;
    private static final int LONGEST = 200;
    /** Where the operations of a family say what they are about. */
    private static final Map<String, List<String>> FIELDS = Map.of(
            "d1",
            List.of("databaseId", "name"),
            "kv",
            List.of("namespaceId"),
            "r2",
            List.of("bucket"),
            "workers",
            List.of("name"),
            "builds",
            List.of("worker"));

    private final Set<String> accounts = new LinkedHashSet<>();
    private final Set<String> databases = new LinkedHashSet<>();
    private final Set<String> resources = new LinkedHashSet<>();
    private String refusedBy = "";
    private String answer = "";

    /** The same again, of a call that goes on after a restart. */
    static Touched of(JsonObject json) {
        var touched = new Touched();
        texts(json, "accounts").forEach(name -> add(touched.accounts, name));
        texts(json, "databases").forEach(name -> add(touched.databases, name));
        texts(json, "resources").forEach(name -> add(touched.resources, name));
        return touched;
    }

    private static Stream<String> texts(JsonObject json, String name) {
        return json.getJsonArray(name, new JsonArray()).stream().map(String.class::cast);
    }

    /** What was named, to be kept with a task. */
    synchronized JsonObject json() {
        return new JsonObject()
                .put("accounts", new JsonArray(List.copyOf(accounts)))
                .put("databases", new JsonArray(List.copyOf(databases)))
                .put("resources", new JsonArray(List.copyOf(resources)));
    }

    /** An operation on an account. */
    synchronized void saw(String account, Operation operation, Decision decision, boolean goesOn) {
        add(accounts, account);
        var names = operation.name().startsWith("d1.") ? databases : resources;
        target(operation).ifPresent(name -> add(names, name));
        if (!goesOn && refusedBy.isEmpty()) {
            refusedBy = decision.rule();
        }
    }

    /** The outside system has its last answer under this id. */
    synchronized void answered(String id) {
        answer = id;
    }

    /** The database, namespace, bucket or worker that the arguments name, by its id where they have it. */
    private static Optional<String> target(Operation operation) {
        var name = operation.name();
        if (name.startsWith("observability.")) {
            return WatchedWorker.of(operation.arguments());
        }
        var fields = FIELDS.getOrDefault(name.substring(0, Math.max(0, name.indexOf('.'))), List.of());
        return fields.stream()
                .map(operation.arguments()::getValue)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .findFirst();
    }

    private static void add(Set<String> names, String name) {
        if (names.size() < MOST && !name.isEmpty()) {
            names.add(name.length() <= LONGEST ? name : name.substring(0, LONGEST) + "…");
        }
    }

    /** Adds it to what a record says; the rule that refused an operation takes the place of the one that let the call through. */
    synchronized JsonObject in(JsonObject fields) {
        put(fields, "account", accounts);
        put(fields, "database", databases);
        put(fields, "resource", resources);
        put(fields, "upstream", answer.isEmpty() ? Set.of() : Set.of(answer));
        return refusedBy.isEmpty() ? fields : fields.put("decision", "refused").put("rule", refusedBy);
    }

    private static void put(JsonObject fields, String name, Set<String> names) {
        if (!names.isEmpty()) {
            fields.put(name, String.join(" ", names));
        }
    }
}
