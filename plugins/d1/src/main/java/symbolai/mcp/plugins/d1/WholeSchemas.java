package symbolai.mcp.plugins.d1;

import static symbolai.mcp.api.Schemas.array;
import static symbolai.mcp.api.Schemas.bool;
import static symbolai.mcp.api.Schemas.integer;
import static symbolai.mcp.api.Schemas.number;
import static symbolai.mcp.api.Schemas.string;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import symbolai.mcp.api.PlanHash;
import symbolai.mcp.api.Schemas;

/** The JSON Schemas of export, import, time travel and query insights. */
final class WholeSchemas {

    /** The largest file of SQL that is taken; the server's limit of a request is usually lower. */
    private static final int LONGEST_SQL = 64 * 1024 * 1024;

    private WholeSchemas() {}

    static JsonObject tables() {
        var name = string("The name of a table.").put("minLength", 1).put("maxLength", 1000);
        return array("Only these tables; left out, all.", name)
                .put("minItems", 1)
                .put("maxItems", 100);
    }

    static JsonObject script() {
        return string("SQL statements in SQLite's dialect, each ended by a semicolon; without BEGIN and COMMIT.")
                .put("minLength", 1)
                .put("maxLength", LONGEST_SQL);
    }

    static JsonObject bookmark() {
        return string("A bookmark that d1_bookmark or d1_restore gave.").put("pattern", "^[0-9A-Za-z-]{1,200}$");
    }

    static JsonObject time(String description) {
        return string(description).put("maxLength", 40);
    }

    static JsonObject sort() {
        return string("What to sort by, the most first; left out, time.")
                .put("enum", new JsonArray(List.of("time", "count", "rowsRead", "rowsWritten")));
    }

    static JsonObject exported() {
        return Schemas.object()
                .required("fileName", string("A name for the file."))
                .required("sql", string("The database as SQL, or the beginning of it."))
                .required("truncated", bool("Whether there is more than is here."))
                .optional("bytes", integer("How many bytes the whole export has."))
                .optional("hint", string("What to do about a cut export."))
                .build();
    }

    static JsonObject imported() {
        var verb = Schemas.object()
                .required("verb", string("What statements begin with, such as INSERT."))
                .required("count", integer("How many of them there are."))
                .build("A kind of statement.");
        return Schemas.object()
                .required("uuid", string("The UUID of the database."))
                .required("dryRun", bool("Whether this was only a look, and nothing was changed."))
                .required("statementCount", integer("How many statements the SQL has."))
                .required("verbs", array("The kinds of statements, by name.", verb))
                .optional(PlanHash.ARGUMENT, PlanHash.result())
                .optional("hint", string("How to do it after a dry run."))
                .optional("statements", integer("How many statements were run."))
                .optional("changes", integer("How many rows were inserted, updated or deleted."))
                .optional("atomic", bool("Whether a failing statement would have undone all."))
                .optional("fileSize", integer("How many bytes the database takes now."))
                .build();
    }

    static JsonObject bookmarked() {
        return Schemas.object()
                .required("uuid", string("The UUID of the database."))
                .required("bookmark", string("The point in time, for d1_restore."))
                .optional("at", string("When that was, ISO 8601 in UTC."))
                .build();
    }

    static JsonObject restored() {
        return Schemas.object()
                .required("uuid", string("The UUID of the database."))
                .required("name", string("Its name."))
                .required("bookmark", string("Where the database is now."))
                .required("previousBookmark", string("Leads back to where it was before."))
                .optional("message", string("What was done."))
                .build();
    }

    static JsonObject insights() {
        var query = Schemas.object()
                .required("sql", string("The statement, with values left out."))
                .required("count", integer("How often it ran."))
                .required("totalMs", number("How long it ran in all, in milliseconds."))
                .required("rowsRead", integer("How many rows it read."))
                .required("rowsWritten", integer("How many rows it wrote."))
                .build("A kind of statement.");
        return Schemas.object()
                .required("uuid", string("The UUID of the database."))
                .required("queries", array("The statements, those that took most first.", query))
                .required("count", integer("How many are here."))
                .required("from", string("Since when, ISO 8601 in UTC."))
                .required("to", string("Until when, ISO 8601 in UTC."))
                .build();
    }
}
