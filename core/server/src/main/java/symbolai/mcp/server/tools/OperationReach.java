package symbolai.mcp.server.tools;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Reply;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.server.policy.Policy;
import symbolai.mcp.server.policy.Reach;
import symbolai.mcp.server.policy.Rule;

/** Finds out which database and which tables an operation touches, asking the account itself where the arguments do not tell. */
final class OperationReach {

    private static final int MOST_TABLES = 20_000;
    private static final int MOST_PAGES = 20;
    private static final String TABLES = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')";
    private static final Set<String> WITHOUT_TABLES = Set.of("d1.get", "d1.create", "d1.bookmark");

    private final Policy policy;
    private final Connection connection;

    OperationReach(Policy policy, Connection connection) {
        this.policy = policy;
        this.connection = connection;
    }

    /** What the operation touches on the account; looked for anew when rules came meanwhile that ask for more. */
    Future<Reach> of(Operation operation, Supplier<Reach> account) {
        long version = policy.version();
        return look(operation, account)
                .compose(reach -> version == policy.version() ? Future.succeededFuture(reach) : of(operation, account));
    }

    private Future<Reach> look(Operation operation, Supplier<Reach> account) {
        var database =
                policy.speaksOf(Rule.What::databases) ? databases(operation) : Future.succeededFuture(Set.<String>of());
        return database.compose(names ->
                tables(operation).map(tables -> account.get().onDatabase(names).onTables(tables)));
    }

    private Future<Set<String>> databases(Operation operation) {
        var arguments = operation.arguments();
        return switch (operation.name().replaceAll("\\..*", "")) {
            case "d1" -> database(operation);
            case "kv" -> namespace(operation);
            case "r2" -> Future.succeededFuture(named(arguments, "bucket"));
            case "workers" -> Future.succeededFuture(named(arguments, "name"));
            case "builds" -> worker(operation);
            case "observability" ->
                Future.succeededFuture(Set.of(WatchedWorker.of(arguments).orElse(Reach.EVERYTHING)));
            default -> Future.succeededFuture(Set.of());
        };
    }

    private Future<Set<String>> database(Operation operation) {
        var id = operation.arguments().getString("databaseId");
        return id == null ? Future.succeededFuture(named(operation.arguments(), "name")) : withName(operation, id);
    }

    /** The namespace by its id and its title, as lists show it; one that is made has a title alone. */
    private Future<Set<String>> namespace(Operation operation) {
        var id = operation.arguments().getString("namespaceId");
        return id == null
                ? Future.succeededFuture(named(operation.arguments(), "title"))
                : namespace(operation, id.toLowerCase(Locale.ROOT), 1);
    }

    private Future<Set<String>> namespace(Operation operation, String id, int page) {
        var arguments = new JsonObject().put("page", page).put("perPage", 100);
        return read(operation, "kv.namespaces.list", arguments)
                .compose(reply -> title(reply, id)
                        .map(title -> Future.succeededFuture(Set.copyOf(new HashSet<>(List.of(id, title)))))
                        .orElseGet(() -> beyond(operation, id, page, reply)));
    }

    private static Optional<String> title(Reply reply, String id) {
        return reply.json().getJsonArray("namespaces").stream()
                .map(JsonObject.class::cast)
                .filter(namespace -> id.equalsIgnoreCase(namespace.getString("id")))
                .map(namespace -> namespace.getString("title", id))
                .findFirst();
    }

    /** What is not among very many could be any of the rest. */
    private Future<Set<String>> beyond(Operation operation, String id, int page, Reply reply) {
        if (reply.json().getInteger("nextPage") == null) {
            return Future.succeededFuture(Set.of(id));
        }
        return page < MOST_PAGES
                ? namespace(operation, id, page + 1)
                : Future.succeededFuture(Set.of(id, Reach.EVERYTHING));
    }

    /** What the arguments themselves name. */
    private static Set<String> named(JsonObject arguments, String field) {
        return Optional.ofNullable(arguments.getString(field)).map(Set::of).orElse(Set.of());
    }

    /** The Worker that is built; a build is told by its id alone, so it is looked at. */
    private Future<Set<String>> worker(Operation operation) {
        var named = named(operation.arguments(), "worker");
        var id = operation.arguments().getString("id");
        if (!named.isEmpty() || id == null) {
            return Future.succeededFuture(named.isEmpty() ? Set.of(Reach.EVERYTHING) : named);
        }
        return read(operation, "builds.get", new JsonObject().put("id", id)).map(OperationReach::built);
    }

    private static Set<String> built(Reply build) {
        var worker = build.json().getString("worker", "");
        return worker.isEmpty() ? Set.of(Reach.EVERYTHING) : Set.of(worker);
    }

    private Future<Set<String>> withName(Operation operation, String id) {
        return read(operation, "d1.get", new JsonObject().put("databaseId", id))
                .map(reply -> Set.copyOf(new HashSet<>(List.of(id, reply.json().getString("name", id)))))
                .recover(failure -> failure instanceof ToolException told && told.reason() == Reason.NOT_FOUND
                        ? Future.succeededFuture(Set.of(id))
                        : Future.failedFuture(failure));
    }

    private Future<Set<String>> tables(Operation operation) {
        if (!policy.speaksOf(Rule.What::tables)
                || !operation.name().startsWith("d1.")
                || WITHOUT_TABLES.contains(operation.name())) {
            return Future.succeededFuture(Set.of());
        }
        if (operation.name().equals("d1.export")
                && operation.arguments().getValue("tables") instanceof JsonArray named) {
            return Future.succeededFuture(
                    Set.copyOf(texts(named).map(Reach::folded).toList()));
        }
        if (!operation.name().equals("d1.query")) {
            return Future.succeededFuture(Set.of(Reach.EVERYTHING));
        }
        return existing(operation).map(existing -> new SqlReach(existing).touched(sql(operation)));
    }

    private static List<String> sql(Operation operation) {
        return operation.arguments().getJsonArray("statements").stream()
                .map(statement -> ((JsonObject) statement).getString("sql"))
                .toList();
    }

    /** Read anew each time: a table that was made since must not look like none. */
    private Future<Set<String>> existing(Operation operation) {
        var caps =
                new JsonObject().put("rows", MOST_TABLES).put("bytes", 8 << 20).put("cellCharacters", 10_000);
        var arguments = new JsonObject()
                .put("databaseId", operation.arguments().getString("databaseId"))
                .put("statements", new JsonArray().add(new JsonObject().put("sql", TABLES)))
                .put("caps", caps);
        return read(operation, "d1.query", arguments).map(OperationReach::names);
    }

    private static Set<String> names(Reply reply) {
        var result = reply.json().getJsonArray("results").getJsonObject(0);
        if (result.getBoolean("truncated")) {
            throw new ToolException(
                    Reason.REFUSED,
                    "the database has more than " + MOST_TABLES
                            + " tables, so it cannot be told which of them your SQL touches");
        }
        var names = new HashSet<String>();
        result.getJsonArray("rows")
                .forEach(row -> names.add(Reach.folded(String.valueOf(((JsonArray) row).getValue(0)))));
        return names;
    }

    private Future<Reply> read(Operation operation, String name, JsonObject arguments) {
        return connection.invoke(
                new Operation(name, arguments, Operation.Access.READ, operation.deadline(), operation.cancellation()));
    }

    private static Stream<String> texts(JsonArray array) {
        return array.stream().map(String::valueOf);
    }
}
