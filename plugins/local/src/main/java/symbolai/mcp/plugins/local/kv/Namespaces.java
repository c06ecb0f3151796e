package symbolai.mcp.plugins.local.kv;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.plugins.local.store.Access;
import symbolai.mcp.plugins.local.store.Blobs;
import symbolai.mcp.plugins.local.store.Payload;
import symbolai.mcp.plugins.local.store.Records;
import symbolai.mcp.plugins.local.store.Row;

/** The namespaces of KV. */
final class Namespaces {

    private static final int MOST = 1000;
    private static final int LONGEST_TITLE = 512;
    private static final String TITLE_TAKEN = "kv_namespaces.title";

    private final Records records;
    private final Blobs blobs;

    Namespaces(Records records, Blobs blobs) {
        this.records = records;
        this.blobs = blobs;
    }

    Future<JsonObject> list(Operation operation) {
        var page = operation.arguments().getInteger("page", 1);
        var perPage = operation.arguments().getInteger("perPage", 100);
        return records.rows(
                        "SELECT id, title FROM kv_namespaces ORDER BY title LIMIT ? OFFSET ?",
                        perPage + 1,
                        Math.multiplyFull(page - 1, perPage))
                .map(rows -> page(rows, page, perPage));
    }

    Future<JsonObject> create(Operation operation) {
        Access.requireWrite(operation);
        var title = title(operation);
        var id = UUID.randomUUID().toString().replace("-", "");
        return records.change(
                        "INSERT INTO kv_namespaces (id, title) SELECT ?, ? WHERE (SELECT count(*) FROM kv_namespaces) < ?",
                        id,
                        title,
                        MOST)
                .recover(failure -> taken(failure, title))
                .compose(made -> made == 0 ? full() : Future.succeededFuture(namespace(id, title)));
    }

    Future<JsonObject> rename(Operation operation) {
        Access.requireWrite(operation);
        var title = title(operation);
        var id = id(operation);
        return records.change("UPDATE kv_namespaces SET title = ? WHERE id = ?", title, id)
                .recover(failure -> taken(failure, title))
                .compose(found -> found == 0 ? missing(id) : Future.succeededFuture(namespace(id, title)));
    }

    Future<JsonObject> delete(Operation operation) {
        Access.requireWrite(operation);
        var id = id(operation);
        return records.change("DELETE FROM kv_namespaces WHERE id = ?", id)
                .compose(found -> found == 0 ? missing(id) : blobs.clean())
                .map(cleaned -> new JsonObject());
    }

    /** The id, when there is such a namespace. */
    Future<String> require(Operation operation) {
        var id = id(operation);
        return records.rows("SELECT id FROM kv_namespaces WHERE id = ?", id)
                .compose(rows -> rows.isEmpty() ? missing(id) : Future.succeededFuture(id));
    }

    static ToolException unknown(String id) {
        return new ToolException(
                ToolException.Reason.NOT_FOUND,
                "there is no KV namespace with the id " + id + "; kv_list_namespaces names those there are");
    }

    private static String id(Operation operation) {
        return operation.arguments().getString("namespaceId", "");
    }

    private static String title(Operation operation) {
        var title = operation.arguments().getString("title", "");
        if (title.isBlank() || Payload.utf8("the title", title).length > LONGEST_TITLE) {
            throw new ToolException(
                    ToolException.Reason.INVALID, "a title has 1 to " + LONGEST_TITLE + " bytes, not only spaces");
        }
        return title;
    }

    private static JsonObject page(List<Row> rows, int page, int perPage) {
        var namespaces = new JsonArray();
        rows.stream()
                .limit(perPage)
                .map(row -> namespace(row.text(0), row.text(1)))
                .forEach(namespaces::add);
        var json = new JsonObject().put("namespaces", namespaces);
        return rows.size() > perPage ? json.put("nextPage", page + 1) : json;
    }

    private static JsonObject namespace(String id, String title) {
        return new JsonObject().put("id", id).put("title", title);
    }

    private static <T> Future<T> missing(String id) {
        return Future.failedFuture(unknown(id));
    }

    private static <T> Future<T> full() {
        return Future.failedFuture(new ToolException(
                ToolException.Reason.REFUSED, "the account holds " + MOST + " namespaces already, which is the most"));
    }

    private static <T> Future<T> taken(Throwable failure, String title) {
        return Future.failedFuture(Records.explained(
                failure,
                TITLE_TAKEN,
                () -> new ToolException(
                        ToolException.Reason.CONFLICT, "there is a KV namespace titled \"" + title + "\" already")));
    }
}
