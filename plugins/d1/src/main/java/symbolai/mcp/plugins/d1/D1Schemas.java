package symbolai.mcp.plugins.d1;

import static symbolai.mcp.api.Schemas.array;
import static symbolai.mcp.api.Schemas.bool;
import static symbolai.mcp.api.Schemas.integer;
import static symbolai.mcp.api.Schemas.number;
import static symbolai.mcp.api.Schemas.string;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import symbolai.mcp.api.Schemas;

/** The JSON Schemas of what the D1 tools take and give. */
final class D1Schemas {

    private static final int MOST_STATEMENTS = 100;
    private static final int MOST_PARAMETERS = 100;

    private D1Schemas() {}

    static JsonObject databaseId() {
        return string("The UUID of the database, or its name.")
                .put("minLength", 1)
                .put("maxLength", 100);
    }

    static JsonObject databaseName() {
        return string("The name: 1 to 64 letters, digits, _ and -.").put("pattern", "^[A-Za-z0-9_-]{1,64}$");
    }

    static JsonObject sql() {
        return string("One SQL statement in SQLite's dialect. Put values into params, not into the text.")
                .put("minLength", 1)
                .put("maxLength", 100_000);
    }

    static JsonObject params() {
        var value = new JsonObject()
                .put(
                        "type",
                        new JsonArray()
                                .add("string")
                                .add("number")
                                .add("boolean")
                                .add("null"));
        return array("The values of the parameters (?), in their order.", value).put("maxItems", MOST_PARAMETERS);
    }

    static JsonObject statements() {
        var statement = Schemas.object()
                .required("sql", sql())
                .optional("params", params())
                .build("One statement.");
        return array("The statements, run in this order in one transaction: all of them, or none.", statement)
                .put("minItems", 1)
                .put("maxItems", MOST_STATEMENTS);
    }

    static JsonObject database() {
        return databaseFields().build("A database.");
    }

    static JsonObject databaseList() {
        return Schemas.object()
                .required("databases", array("The databases, by name.", database()))
                .required("count", integer("How many are on this page."))
                .optional("nextPage", integer("The next page, where there is one."))
                .build();
    }

    static JsonObject databaseInfo() {
        var table = Schemas.object()
                .required("name", string("The name."))
                .required("type", string("table or view."))
                .build("A table or view.");
        return databaseFields()
                .required("tables", array("The tables and views, by name.", table))
                .required("tableCount", integer("How many tables and views there are."))
                .build();
    }

    static JsonObject queryResult() {
        return Schemas.object()
                .required("columns", columns())
                .required("rows", rows())
                .required("rowCount", integer("How many rows are here."))
                .required("truncated", truncated())
                .optional("hint", string("What to do about a cut result."))
                .required(
                        "meta",
                        Schemas.object()
                                .required("durationMs", number("How long the statement ran, in milliseconds."))
                                .build("About the run."))
                .build();
    }

    static JsonObject executeResult() {
        var result = Schemas.object()
                .required("changes", integer("How many rows were inserted, updated or deleted."))
                .optional("lastRowId", integer("The row id of the last insert, where something was changed."))
                .required("durationMs", number("How long the statement ran, in milliseconds."))
                .optional("columns", columns())
                .optional("rows", rows())
                .optional("truncated", truncated())
                .build("What one statement did; columns and rows are there when it gives rows.");
        return Schemas.object()
                .required("results", array("One for each statement, in their order.", result))
                .build();
    }

    static JsonObject schema() {
        return Schemas.object()
                .required("uuid", string("The UUID of the database."))
                .required("name", string("The name of the database."))
                .required("tables", array("The tables and views, by name.", table()))
                .required("truncated", bool("Whether the schema was too large to read whole."))
                .build();
    }

    static JsonObject deleted() {
        return Schemas.object()
                .required("uuid", string("The UUID of the database that was deleted."))
                .required("name", string("Its name."))
                .build();
    }

    private static Schemas.ObjectSchema databaseFields() {
        return Schemas.object()
                .required("uuid", string("The UUID."))
                .required("name", string("The name."))
                .optional("createdAt", string("When it was made, ISO 8601 in UTC; missing where nobody knows."))
                .optional("fileSize", integer("How many bytes it takes."));
    }

    private static JsonObject table() {
        var column = Schemas.object()
                .required("name", string("The name."))
                .required("type", string("The declared type; may be empty."))
                .required("notNull", bool("Whether NULL is refused."))
                .required("primaryKey", bool("Whether it belongs to the primary key."))
                .required("generated", bool("Whether it is computed from others."))
                .optional("defaultValue", string("The default, as SQL."))
                .build("A column.");
        var index = Schemas.object()
                .required("name", string("The name."))
                .required("unique", bool("Whether it allows each value once."))
                .required("columns", array("Its columns.", string("A column.")))
                .build("An index.");
        var foreignKey = Schemas.object()
                .required("id", integer("Its number in the table."))
                .required("columns", array("The columns here.", string("A column.")))
                .required("table", string("The table it refers to."))
                .required("references", array("The columns there; none means the primary key.", string("A column.")))
                .required("onUpdate", string("What an update there does here."))
                .required("onDelete", string("What a deletion there does here."))
                .build("A foreign key.");
        return Schemas.object()
                .required("name", string("The name."))
                .required("type", string("table or view."))
                .required("columns", array("The columns.", column))
                .required("indexes", array("The indexes.", index))
                .required("foreignKeys", array("The foreign keys.", foreignKey))
                .optional("sql", string("The statement that made it."))
                .build("A table or view.");
    }

    private static JsonObject columns() {
        return array("The names of the columns; a name can come twice.", string("A column."));
    }

    private static JsonObject rows() {
        var blob = Schemas.object()
                .required("base64", string("The bytes in base64."))
                .build("A blob.");
        var plain = new JsonObject()
                .put("type", new JsonArray().add("string").add("number").add("null"));
        var cell = new JsonObject().put("anyOf", new JsonArray().add(plain).add(blob));
        return array("The rows, each a list of values in the order of the columns.", array("A row.", cell));
    }

    private static JsonObject truncated() {
        return bool("Whether rows were left out or values cut.");
    }
}
