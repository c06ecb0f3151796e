package symbolai.mcp.server.tools;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import symbolai.mcp.server.policy.Reach;

/**
 * An operation that lists what rules call databases, so that its reply is filtered.
 *
 * @param field where the list is
 * @param names the members of an entry that name it
 */
record Listing(String field, List<String> names) {

    private static final Map<String, Listing> KNOWN = Map.of(
            "d1.list", new Listing("databases", List.of("uuid", "name")),
            "kv.namespaces.list", new Listing("namespaces", List.of("id", "title")),
            "r2.buckets.list", new Listing("buckets", List.of("name")),
            "workers.list", new Listing("workers", List.of("name")),
            "builds.list", new Listing("builds", List.of("worker")));

    static Optional<Listing> of(String operation) {
        return Optional.ofNullable(KNOWN.get(operation));
    }

    /** The reply, with the entries alone that are seen. */
    JsonObject filtered(JsonObject reply, Predicate<Set<String>> seen) {
        var kept = new JsonArray();
        reply.getJsonArray(field).stream()
                .map(JsonObject.class::cast)
                .filter(entry -> seen.test(named(entry)))
                .forEach(kept::add);
        return reply.put(field, kept);
    }

    private Set<String> named(JsonObject entry) {
        var found = names.stream()
                .flatMap(name -> Stream.ofNullable(entry.getString(name)))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
        return found.isEmpty() ? Set.of(Reach.EVERYTHING) : found;
    }
}
