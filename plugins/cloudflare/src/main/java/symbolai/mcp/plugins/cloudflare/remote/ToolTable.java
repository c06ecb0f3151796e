package symbolai.mcp.plugins.cloudflare.remote;

import static symbolai.mcp.plugins.cloudflare.remote.Server.BINDINGS;
import static symbolai.mcp.plugins.cloudflare.remote.Server.BUILDS;
import static symbolai.mcp.plugins.cloudflare.remote.Server.OBSERVABILITY;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which tools of Cloudflare's servers carry out our operations. */
final class ToolTable {

    static final String D1_LIST = "d1_databases_list";
    static final String D1_GET = "d1_database_get";
    static final String D1_CREATE = "d1_database_create";
    static final String D1_DELETE = "d1_database_delete";
    static final String D1_QUERY = "d1_database_query";
    static final String KV_LIST = "kv_namespaces_list";
    static final String KV_GET = "kv_namespace_get";
    static final String KV_CREATE = "kv_namespace_create";
    static final String KV_UPDATE = "kv_namespace_update";
    static final String KV_DELETE = "kv_namespace_delete";
    static final String R2_LIST = "r2_buckets_list";
    static final String R2_GET = "r2_bucket_get";
    static final String R2_CREATE = "r2_bucket_create";
    static final String R2_DELETE = "r2_bucket_delete";
    static final String WORKERS_LIST = "workers_list";
    static final String WORKERS_CODE = "workers_get_worker_code";
    static final String BUILDS_LIST = "workers_builds_list_builds";
    static final String BUILDS_GET = "workers_builds_get_build";
    static final String BUILDS_LOGS = "workers_builds_get_build_logs";
    static final String EVENTS = "query_worker_observability";
    static final String KEYS = "observability_keys";
    static final String VALUES = "observability_values";

    private static final ToolNeed WORKERS_OF_BUILDS = ToolNeed.of(BUILDS, WORKERS_LIST);
    private static final ToolNeed BUILD_LIST = ToolNeed.of(BUILDS, BUILDS_LIST, "workerId", "page", "perPage");
    private static final ToolNeed BUILD = ToolNeed.of(BUILDS, BUILDS_GET, "buildUUID");
    private static final ToolNeed NAMESPACE = ToolNeed.of(BINDINGS, KV_GET, "namespace_id");

    private static final Map<String, List<ToolNeed>> NEEDS = Map.ofEntries(
            entry("d1.list", ToolNeed.of(BINDINGS, D1_LIST, "name", "page", "per_page")),
            entry("d1.get", ToolNeed.of(BINDINGS, D1_GET, "database_id")),
            entry("d1.create", ToolNeed.of(BINDINGS, D1_CREATE, "name")),
            entry("d1.delete", ToolNeed.of(BINDINGS, D1_DELETE, "database_id")),
            entry("d1.query", ToolNeed.of(BINDINGS, D1_QUERY, "database_id", "sql", "params")),
            entry("kv.namespaces.list", ToolNeed.of(BINDINGS, KV_LIST, "params")),
            entry("kv.namespaces.create", ToolNeed.of(BINDINGS, KV_CREATE, "title")),
            entry("kv.namespaces.rename", ToolNeed.of(BINDINGS, KV_UPDATE, "namespace_id", "title"), NAMESPACE),
            entry("kv.namespaces.delete", ToolNeed.of(BINDINGS, KV_DELETE, "namespace_id")),
            entry("r2.buckets.list", ToolNeed.of(BINDINGS, R2_LIST, "name_contains", "per_page", "start_after")),
            entry("r2.buckets.get", ToolNeed.of(BINDINGS, R2_GET, "name")),
            entry("r2.buckets.create", ToolNeed.of(BINDINGS, R2_CREATE, "name")),
            entry("r2.buckets.delete", ToolNeed.of(BINDINGS, R2_DELETE, "name")),
            entry("workers.list", ToolNeed.of(BINDINGS, WORKERS_LIST)),
            entry("workers.get", ToolNeed.of(BINDINGS, WORKERS_LIST)),
            entry("workers.code", ToolNeed.of(BINDINGS, WORKERS_CODE, "scriptName")),
            entry("builds.list", BUILD_LIST, WORKERS_OF_BUILDS),
            entry("builds.get", BUILD, BUILD_LIST, WORKERS_OF_BUILDS),
            entry("builds.logs", ToolNeed.of(BUILDS, BUILDS_LOGS, "buildUUID"), BUILD),
            entry("observability.events", ToolNeed.of(OBSERVABILITY, EVENTS, "query")),
            entry("observability.calculate", ToolNeed.of(OBSERVABILITY, EVENTS, "query")),
            entry("observability.keys", ToolNeed.of(OBSERVABILITY, KEYS, "keysQuery")),
            entry("observability.values", ToolNeed.of(OBSERVABILITY, VALUES, "valuesQuery")));

    private final ServerMemories memories;

    ToolTable(ServerMemories memories) {
        this.memories = memories;
    }

    /** The operations of which nothing is known that stands in their way. */
    Set<String> operations() {
        return NEEDS.entrySet().stream()
                .filter(entry -> entry.getValue().stream().noneMatch(this::isKnownToFail))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The tools that an operation uses; none when it is not carried out here. */
    List<ToolNeed> needs(String operation) {
        return NEEDS.getOrDefault(operation, List.of());
    }

    /** The first thing that stands in the way of an operation, as a sentence. */
    Optional<String> obstacle(String operation) {
        return needs(operation).stream()
                .map(this::obstacle)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private boolean isKnownToFail(ToolNeed need) {
        return obstacle(need).isPresent();
    }

    private Optional<String> obstacle(ToolNeed need) {
        return memories.of(need.server())
                .tools()
                .flatMap(tools -> tools.obstacle(need))
                .map(obstacle -> need.server().title() + " " + obstacle);
    }

    private static Map.Entry<String, List<ToolNeed>> entry(String operation, ToolNeed... needs) {
        return Map.entry(operation, List.of(needs));
    }
}
