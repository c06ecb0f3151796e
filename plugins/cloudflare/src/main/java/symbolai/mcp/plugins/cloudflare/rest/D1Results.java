package symbolai.mcp.plugins.cloudflare.rest;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.slf4j.Logger;
import symbolai.mcp.api.Operation;
import symbolai.mcp.plugins.cloudflare.backend.Fields;
import symbolai.mcp.plugins.cloudflare.backend.Malformed;

/** Reads what D1's API gives for statements, within the caps of the operation. */
final class D1Results {

    private final Operation operation;
    private final Logger logger;

    D1Results(Operation operation, Logger logger) {
        this.operation = operation;
        this.logger = logger;
    }

    /** The result of the operation; there is one entry for each statement. */
    JsonObject read(JsonArray entries, int statements) {
        if (entries.size() != statements) {
            throw new Malformed("it has " + entries.size() + " results for " + statements + " statements");
        }
        var results = new JsonArray();
        Fields.all(entries).stream().map(this::result).forEach(results::add);
        return new JsonObject().put("results", results);
    }

    private JsonObject result(Fields entry) {
        if (!entry.fact("success").orElse(true)) {
            throw new Malformed("a statement failed and it does not say why");
        }
        var meta = entry.object("meta").orElseThrow(() -> new Malformed("it has no meta"));
        var results = entry.object("results").orElseThrow(() -> new Malformed("it has no results"));
        watch(meta);
        var rows = new CappedRows(operation.arguments().getJsonObject("caps"));
        results.array("rows").forEach(rows::add);
        var changes = meta.count("changes").orElse(0L);
        var json = new JsonObject()
                .put("columns", new JsonArray(results.texts("columns")))
                .put("rows", rows.json())
                .put("truncated", rows.isTruncated())
                .put("changes", changes)
                .put("durationMs", Math.max(0, meta.number("duration").orElse(0).doubleValue()));
        meta.number("last_row_id").filter(id -> changes > 0).ifPresent(id -> json.put("lastRowId", id.longValue()));
        return json;
    }

    /** The API cannot be told to read only; that a read wrote means that the gate before it has a hole. */
    private void watch(Fields meta) {
        var wrote = meta.count("rows_written").orElse(0L) > 0
                || meta.fact("changed_db").orElse(false);
        if (wrote && operation.access() == Operation.Access.READ) {
            logger.atError()
                    .addKeyValue("operation", operation.name())
                    .addKeyValue("databaseId", D1Api.id(operation))
                    .log("a statement sent as a read has changed the database");
        }
    }
}
