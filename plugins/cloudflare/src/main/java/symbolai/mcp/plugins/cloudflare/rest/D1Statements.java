package symbolai.mcp.plugins.cloudflare.rest;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import symbolai.mcp.api.SqlStatements;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;

/**
 * Statements as D1's API takes them. Each is one, since D1 would run all that stand in it.
 *
 * @param list objects of {@code sql} and, where there are any, {@code params}
 */
record D1Statements(List<JsonObject> list) {

    private static final BigDecimal EXACT = BigDecimal.valueOf((1L << 53) - 1);

    D1Statements {
        list = list.stream().map(JsonObject::copy).toList();
    }

    static D1Statements of(JsonObject arguments) {
        var list = new ArrayList<JsonObject>();
        for (var given : arguments.getJsonArray("statements")) {
            list.add(statement((JsonObject) given));
        }
        return new D1Statements(list);
    }

    int count() {
        return list.size();
    }

    /** Several are run in one transaction. */
    JsonObject body() {
        return list.size() == 1 ? list.get(0) : new JsonObject().put("batch", new JsonArray(list));
    }

    private static JsonObject statement(JsonObject given) {
        var sql = given.getString("sql");
        SqlStatements.single(sql);
        var params = new JsonArray();
        given.getJsonArray("params", new JsonArray()).forEach(value -> params.add(param(value)));
        var statement = new JsonObject().put("sql", sql);
        return params.isEmpty() ? statement : statement.put("params", params);
    }

    private static @Nullable Object param(@Nullable Object value) {
        if (value instanceof Boolean fact) {
            return fact ? 1 : 0;
        }
        if (value instanceof Number number && !isExact(number)) {
            throw new ToolException(
                    Reason.INVALID,
                    "the parameter " + number
                            + " would lose digits on its way to D1, which takes whole numbers up to 2^53 - 1;"
                            + " write it into the statement, or pass it as text and use CAST(? AS INTEGER)");
        }
        return value;
    }

    private static boolean isExact(Number number) {
        if (number instanceof Double || number instanceof Float) {
            return true;
        }
        return new BigDecimal(number.toString()).abs().compareTo(EXACT) <= 0;
    }
}
