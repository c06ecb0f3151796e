package symbolai.mcp.plugins.d1;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables and views of a database, each as JSON. */
final class DatabaseSchema {

    private final Map<String, JsonObject> tables = new LinkedHashMap<>();
    private boolean truncated;

    private DatabaseSchema() {}

    /** From the answers to: tables, columns, indexes, foreign keys, and where there are views, their columns. */
    static DatabaseSchema of(List<D1Result> answers) {
        var schema = ofTables(answers);
        answers.get(1).eachRow().forEach(schema::addColumn);
        answers.get(2).eachRow().forEach(schema::addIndexColumn);
        answers.get(3).eachRow().forEach(schema::addForeignKeyColumn);
        answers.stream().skip(4).flatMap(views -> views.eachRow().stream()).forEach(schema::addColumn);
        schema.truncated = answers.stream().anyMatch(D1Result::truncated);
        return schema;
    }

    /** From the answer to the first of these alone. */
    static DatabaseSchema ofTables(List<D1Result> answers) {
        var schema = new DatabaseSchema();
        answers.get(0).eachRow().forEach(schema::addTable);
        schema.truncated = answers.get(0).truncated();
        return schema;
    }

    List<String> names() {
        return List.copyOf(tables.keySet());
    }

    /** The table or view of this name; case does not matter to SQLite. */
    Optional<JsonObject> table(String name) {
        return tables.values().stream()
                .filter(table -> table.getString("name").equalsIgnoreCase(name))
                .findFirst();
    }

    /** Each with its name and type only. */
    JsonArray overview() {
        var list = new JsonArray();
        for (var table : tables.values()) {
            list.add(new JsonObject().put("name", table.getString("name")).put("type", table.getString("type")));
        }
        return list;
    }

    JsonArray toJson() {
        return new JsonArray(List.copyOf(tables.values()));
    }

    boolean truncated() {
        return truncated;
    }

    private void addTable(JsonArray row) {
        var table = new JsonObject()
                .put("name", row.getString(0))
                .put("type", row.getString(1))
                .put("columns", new JsonArray())
                .put("indexes", new JsonArray())
                .put("foreignKeys", new JsonArray());
        Optional.ofNullable(row.getString(2)).ifPresent(sql -> table.put("sql", sql));
        tables.put(row.getString(0), table);
    }

    private void addColumn(JsonArray row) {
        var column = new JsonObject()
                .put("name", row.getString(1))
                .put("type", row.getString(2))
                .put("notNull", row.getInteger(3) != 0)
                .put("primaryKey", row.getInteger(5) != 0)
                .put("generated", row.getInteger(6) > 1);
        Optional.ofNullable(row.getString(4)).ifPresent(value -> column.put("defaultValue", value));
        part(row, "columns").ifPresent(columns -> columns.add(column));
    }

    private void addIndexColumn(JsonArray row) {
        part(row, "indexes").ifPresent(indexes -> addIndexColumn(indexes, row));
    }

    private static void addIndexColumn(JsonArray indexes, JsonArray row) {
        var column = Optional.ofNullable(row.getString(3)).orElse("(expression)");
        var index = last(indexes)
                .filter(found -> found.getString("name").equals(row.getString(1)))
                .orElseGet(() -> appended(
                        indexes,
                        new JsonObject()
                                .put("name", row.getString(1))
                                .put("unique", row.getInteger(2) != 0)
                                .put("columns", new JsonArray())));
        index.getJsonArray("columns").add(column);
    }

    private void addForeignKeyColumn(JsonArray row) {
        part(row, "foreignKeys").ifPresent(keys -> addForeignKeyColumn(keys, row));
    }

    /** The columns of one key follow one another; where it names no columns of the other table, its primary key is meant. */
    private static void addForeignKeyColumn(JsonArray keys, JsonArray row) {
        var key = last(keys)
                .filter(found -> found.getInteger("id").equals(row.getInteger(1)))
                .orElseGet(() -> appended(
                        keys,
                        new JsonObject()
                                .put("id", row.getInteger(1))
                                .put("columns", new JsonArray())
                                .put("table", row.getString(3))
                                .put("references", new JsonArray())
                                .put("onUpdate", row.getString(5))
                                .put("onDelete", row.getString(6))));
        key.getJsonArray("columns").add(row.getString(2));
        Optional.ofNullable(row.getString(4)).ifPresent(key.getJsonArray("references")::add);
    }

    private Optional<JsonArray> part(JsonArray row, String part) {
        return Optional.ofNullable(tables.get(row.getString(0))).map(table -> table.getJsonArray(part));
    }

    private static Optional<JsonObject> last(JsonArray list) {
        return list.isEmpty() ? Optional.empty() : Optional.of(list.getJsonObject(list.size() - 1));
    }

    private static JsonObject appended(JsonArray list, JsonObject element) {
        list.add(element);
        return element;
    }
}
