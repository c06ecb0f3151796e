package symbolai.mcp.plugins.cloudflare.wrangler;

import io.vertx.core.Future;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.plugins.cloudflare.backend.Origin;
import symbolai.mcp.plugins.wrangler.StateNames;

/**
 * Knows what there is, served or left behind. An id is always looked for here first: Local Explorer would make what it does not know.
 */
final class Inventory {

    private final Explorer explorer;
    private final Projects projects;
    private final List<Origin> urls;

    Inventory(Explorer explorer, Projects projects, List<Origin> urls) {
        this.explorer = explorer;
        this.projects = projects;
        this.urls = urls;
    }

    /** All that can be used, by title. */
    Future<List<Store>> all(StateNames kind, Operation operation) {
        var served = urls.stream().map(url -> served(kind, url, operation)).toList();
        return Future.all(served)
                .compose(all -> projects.stores(kind).map(named -> joined(all.<List<Store>>list(), named)));
    }

    /** The one of an id. Fails with {@code NOT_FOUND}. */
    Future<Store> one(StateNames kind, String id, Operation operation) {
        var wanted = kind == StateNames.R2 ? id : id.toLowerCase(Locale.ROOT);
        return all(kind, operation)
                .map(found -> found.stream()
                        .filter(store -> store.id().equals(wanted))
                        .findFirst()
                        .orElseThrow(() -> new ToolException(
                                Reason.NOT_FOUND,
                                "neither a running wrangler dev nor a project that is set up has " + what(kind) + " "
                                        + id)));
    }

    /** A server that does not run has nothing. */
    private Future<List<Store>> served(StateNames kind, Origin url, Operation operation) {
        return explorer.stores(kind, url, operation)
                .recover(failure -> failure instanceof ToolException known && known.reason() != Reason.CANCELLED
                        ? Future.succeededFuture(List.of())
                        : Future.failedFuture(failure));
    }

    private static List<Store> joined(List<List<Store>> served, List<Store> named) {
        Map<String, Store> stores = new LinkedHashMap<>();
        served.forEach(list -> list.forEach(store -> stores.putIfAbsent(store.id(), store)));
        named.forEach(store -> stores.merge(store.id(), store, Store::joined));
        return stores.values().stream()
                .filter(store -> store.live().isPresent() || store.file().isPresent())
                .sorted(Comparator.comparing(Store::title))
                .toList();
    }

    private static String what(StateNames kind) {
        return switch (kind) {
            case D1 -> "the database";
            case KV -> "the namespace";
            case R2 -> "the bucket";
        };
    }
}
