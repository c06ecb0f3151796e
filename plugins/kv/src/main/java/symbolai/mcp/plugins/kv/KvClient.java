package symbolai.mcp.plugins.kv;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import symbolai.mcp.api.Call;
import symbolai.mcp.api.Quoted;
import symbolai.mcp.api.ToolException;

/** The operations of KV as methods, on the connection and within the deadline of one call. */
final class KvClient {

    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{32}");
    private static final int PER_PAGE = 100;
    private static final int MOST_PAGES = 20;

    private final Call call;
    private final KnownTitles titles;

    KvClient(Call call, KnownTitles titles) {
        this.call = call;
        this.titles = titles;
    }

    Future<NamespacePage> namespaces(int page, int perPage) {
        var arguments = new JsonObject().put("page", page).put("perPage", perPage);
        return call.read("kv.namespaces.list", arguments)
                .map(NamespacePage::from)
                .onSuccess(found -> found.namespaces().forEach(titles::saw));
    }

    /** The namespace with this id or exactly this title. */
    Future<Namespace> find(String idOrTitle) {
        var id = idOrTitle.toLowerCase(Locale.ROOT);
        return ID.matcher(idOrTitle).matches()
                ? findOne(idOrTitle, namespace -> namespace.id().equals(id))
                : findOne(idOrTitle, namespace -> namespace.title().equals(idOrTitle));
    }

    /** The id of the namespace with this id or exactly this title; an id is not looked up. */
    Future<String> findId(String idOrTitle) {
        return ID.matcher(idOrTitle).matches()
                ? Future.succeededFuture(idOrTitle.toLowerCase(Locale.ROOT))
                : find(idOrTitle).map(Namespace::id);
    }

    Future<Namespace> create(String title) {
        return call.write("kv.namespaces.create", new JsonObject().put("title", title))
                .map(Namespace::from)
                .onSuccess(titles::saw);
    }

    Future<Namespace> rename(String id, String title) {
        return call.write("kv.namespaces.rename", namespace(id).put("title", title))
                .map(Namespace::from)
                .onSuccess(titles::saw);
    }

    Future<Void> delete(Namespace namespace) {
        return call.write("kv.namespaces.delete", namespace(namespace.id())).mapEmpty();
    }

    /** Keys as the operation gives them. */
    Future<JsonObject> keys(String id, String prefix, int limit, Optional<String> cursor) {
        var arguments = namespace(id).put("limit", limit);
        if (!prefix.isEmpty()) {
            arguments.put("prefix", prefix);
        }
        cursor.ifPresent(from -> arguments.put("cursor", from));
        return call.read("kv.keys.list", arguments);
    }

    /** A value, as the operation gives it. */
    Future<JsonObject> get(String id, KvKey key, int maxBytes) {
        return call.read("kv.values.get", namespace(id).put("key", key.text()).put("maxBytes", maxBytes));
    }

    Future<Void> put(String id, KvEntry entry) {
        return call.write("kv.values.put", entry.toJson().mergeIn(namespace(id)))
                .mapEmpty();
    }

    Future<Void> delete(String id, KvKey key) {
        return call.write("kv.values.delete", namespace(id).put("key", key.text()))
                .mapEmpty();
    }

    /** Several values, as the operation gives them. */
    Future<JsonObject> bulkGet(String id, List<KvKey> keys, int maxBytes) {
        return call.read("kv.bulk.get", namespace(id).put("keys", texts(keys)).put("maxBytes", maxBytes));
    }

    Future<JsonObject> bulkPut(String id, List<KvEntry> entries) {
        var json = new JsonArray();
        entries.stream().map(KvEntry::toJson).forEach(json::add);
        return call.write("kv.bulk.put", namespace(id).put("entries", json));
    }

    Future<JsonObject> bulkDelete(String id, List<KvKey> keys) {
        return call.write("kv.bulk.delete", namespace(id).put("keys", texts(keys)));
    }

    private Future<Namespace> findOne(String wanted, Predicate<Namespace> fits) {
        return all(1, List.of())
                .map(found -> found.stream().filter(fits).toList())
                .map(found -> only(wanted, found));
    }

    private Future<List<Namespace>> all(int page, List<Namespace> before) {
        return namespaces(page, PER_PAGE).compose(found -> goOn(page, before, found));
    }

    private Future<List<Namespace>> goOn(int page, List<Namespace> before, NamespacePage found) {
        var together =
                Stream.concat(before.stream(), found.namespaces().stream()).toList();
        return found.nextPage().isPresent() && page < MOST_PAGES
                ? all(page + 1, together)
                : Future.succeededFuture(together);
    }

    private static Namespace only(String wanted, List<Namespace> found) {
        if (found.isEmpty()) {
            throw new ToolException(
                    ToolException.Reason.NOT_FOUND,
                    "there is no KV namespace with the id or title \"" + Quoted.text(wanted)
                            + "\"; kv_list_namespaces names those there are");
        }
        if (found.size() > 1) {
            var ids = found.stream().map(Namespace::id).collect(Collectors.joining(", "));
            throw new ToolException(
                    ToolException.Reason.INVALID,
                    "several KV namespaces have the title \"" + Quoted.text(wanted) + "\"; give one of their ids: "
                            + ids);
        }
        return found.get(0);
    }

    private static JsonObject namespace(String id) {
        return new JsonObject().put("namespaceId", id);
    }

    private static JsonArray texts(List<KvKey> keys) {
        return new JsonArray(keys.stream().map(KvKey::text).toList());
    }
}
