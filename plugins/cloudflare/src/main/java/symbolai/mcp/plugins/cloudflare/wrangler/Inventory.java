package symbolai.mcp.plugins.cloudflare.wrangler;

import io.vertx.core.Future;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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

    /** What a server has, or why that is not known. */
    private record Look(List<Store> stores, Optional<ToolException> failure) {}

    /** What is there, and the first of the servers' failures. */
    private record Found(List<Store> stores, Optional<ToolException> failure) {}

    /** All that can be used, by title. Fails when a server fails and there is nothing else. */
    Future<List<Store>> all(StateNames kind, Operation operation) {
        return look(kind, operation)
                .compose(found -> found.stores.isEmpty() && found.failure.isPresent()
                        ? Future.failedFuture(found.failure.get())
                        : Future.succeededFuture(found.stores));
    }

    /** The one of an id. Fails with {@code NOT_FOUND} when no server failed that might have it. */
    Future<Store> one(StateNames kind, String id, Operation operation) {
        var wanted = kind == StateNames.R2 ? id : id.toLowerCase(Locale.ROOT);
        return look(kind, operation)
                .map(found -> found.stores.stream()
                        .filter(store -> store.id().equals(wanted))
                        .findFirst()
                        .orElseThrow(() -> found.failure.orElseGet(() -> new ToolException(
                                Reason.NOT_FOUND,
                                "neither a running wrangler dev nor a project that is set up has " + what(kind) + " "
                                        + id))));
    }

    private Future<Found> look(StateNames kind, Operation operation) {
        var looks = urls.stream().map(url -> look(kind, url, operation)).toList();
        return Future.all(looks).compose(all -> projects.stores(kind).map(named -> found(all.<Look>list(), named)));
    }

    /** A server that does not run has nothing. */
    private Future<Look> look(StateNames kind, Origin url, Operation operation) {
        return explorer.stores(kind, url, operation)
                .map(stores -> new Look(stores, Optional.empty()))
                .recover(failure -> failure instanceof ToolException known && known.reason() != Reason.CANCELLED
                        ? Future.succeededFuture(
                                new Look(List.of(), Optional.of(known).filter(why -> !NotRunning.says(why, operation))))
                        : Future.failedFuture(failure));
    }

    private static Found found(List<Look> looks, List<Store> named) {
        var failure =
                looks.stream().map(Look::failure).flatMap(Optional::stream).findFirst();
        return new Found(joined(looks.stream().map(Look::stores).toList(), named), failure);
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
