package symbolai.mcp.plugins.d1;

import io.vertx.core.Future;
import java.util.List;
import java.util.stream.Stream;
import symbolai.mcp.api.ToolException;

/** Asks a database for its tables, columns, indexes and foreign keys. */
final class SchemaReader {

    private static final String OWN = "substr(t.name, 1, 7) <> 'sqlite_' AND substr(t.name, 1, 4) <> '_cf_'";
    private static final String TABLES =
            "SELECT t.name, t.type, t.sql FROM sqlite_schema t WHERE t.type IN ('table', 'view') AND " + OWN
                    + " ORDER BY t.name";
    private static final String COLUMNS =
            "SELECT t.name, c.name, c.type, c.\"notnull\", c.dflt_value, c.pk, c.hidden FROM sqlite_schema t"
                    + " JOIN pragma_table_xinfo(t.name) c WHERE t.type = '%s' AND c.hidden <> 1 AND " + OWN
                    + " ORDER BY t.name, c.cid";
    private static final String INDEXES = "SELECT t.name, i.name, i.\"unique\", x.name FROM sqlite_schema t"
            + " JOIN pragma_index_list(t.name) i JOIN pragma_index_info(i.name) x WHERE t.type = 'table' AND "
            + OWN + " ORDER BY t.name, i.seq, x.seqno";
    private static final String FOREIGN_KEYS =
            "SELECT t.name, f.id, f.\"from\", f.\"table\", f.\"to\", f.on_update, f.on_delete FROM sqlite_schema t"
                    + " JOIN pragma_foreign_key_list(t.name) f WHERE t.type = 'table' AND " + OWN
                    + " ORDER BY t.name, f.id, f.seq";

    private final D1Client client;

    SchemaReader(D1Client client) {
        this.client = client;
    }

    /** The names and types of tables and views. */
    Future<DatabaseSchema> tables(String uuid) {
        return query(uuid, TABLES).map(DatabaseSchema::ofTables);
    }

    /** Everything. */
    Future<DatabaseSchema> schema(String uuid) {
        var parts = query(uuid, TABLES, COLUMNS.formatted("table"), INDEXES, FOREIGN_KEYS);
        return parts.compose(found -> viewColumns(uuid)
                        .map(views ->
                                Stream.concat(found.stream(), views.stream()).toList()))
                .map(DatabaseSchema::of);
    }

    /** A view whose table is gone has no columns to tell, and must not hide the rest. */
    private Future<List<D1Result>> viewColumns(String uuid) {
        return query(uuid, COLUMNS.formatted("view")).recover(SchemaReader::withoutColumns);
    }

    private static Future<List<D1Result>> withoutColumns(Throwable failure) {
        return failure instanceof ToolException known && known.reason() == ToolException.Reason.INVALID
                ? Future.succeededFuture(List.of())
                : Future.failedFuture(failure);
    }

    private Future<List<D1Result>> query(String uuid, String... sqls) {
        var statements = Stream.of(sqls).map(D1Statement::of).toList();
        return client.query(uuid, statements, ResultCaps.forSchema());
    }
}
