package symbolai.mcp.plugins.d1;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import symbolai.mcp.api.Completion;
import symbolai.mcp.api.CompletionCall;

/** Proposes names while a user types. */
final class NameCompletion {

    private static final int PER_PAGE = 100;

    /** Names first, then UUIDs. */
    Future<Completion> databases(CompletionCall call) {
        return new D1Client(call)
                .list(Optional.empty(), 1, PER_PAGE)
                .map(page -> Completion.startingWith(call.value(), namesAndIds(page)));
    }

    /** The tables and views of the database that was filled in before; none until then. */
    Future<Completion> tables(CompletionCall call) {
        var database = call.others().getOrDefault("database", "");
        var client = new D1Client(call);
        return database.isEmpty()
                ? Future.succeededFuture(new Completion(List.of()))
                : client.findId(database)
                        .compose(uuid -> new SchemaReader(client).tables(uuid))
                        .map(schema -> Completion.startingWith(call.value(), schema.names()));
    }

    private static List<String> namesAndIds(D1Page page) {
        var names = page.databases().stream().map(D1Database::name);
        return Stream.concat(names, page.databases().stream().map(D1Database::uuid))
                .toList();
    }
}
