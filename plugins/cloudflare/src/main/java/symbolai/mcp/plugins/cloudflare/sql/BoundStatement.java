package symbolai.mcp.plugins.cloudflare.sql;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import symbolai.mcp.api.SqlStatements;
import symbolai.mcp.api.ToolException;

/**
 * A statement for a system that takes parameters as texts only. Numbers, truth values and null are written into the SQL as literals, so that
 * they keep their types; texts stay parameters, or become literals too where the system takes no parameters at all.
 *
 * @param sql the statement, without what stands before its first and after its last token
 * @param params the texts that are left, in the order of the numbers that the statement gives them
 */
public record BoundStatement(String sql, List<String> params) {

    private static final int MOST_BYTES = 100_000;

    public BoundStatement {
        params = List.copyOf(params);
    }

    /** A statement of {@code d1.query} whose texts stay parameters. */
    public static BoundStatement of(JsonObject statement) {
        return bind(statement, false);
    }

    /** A statement of {@code d1.query} without any parameters. */
    public static BoundStatement literal(JsonObject statement) {
        return bind(statement, true);
    }

    private static BoundStatement bind(JsonObject statement, boolean literals) {
        var sql = statement.getString("sql");
        var params = statement.getJsonArray("params", new JsonArray());
        var bound = new ParameterWriter(sql, params, literals).write(SqlStatements.single(sql));
        if (bound.sql.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw new ToolException(
                    ToolException.Reason.INVALID,
                    "with its values the statement is longer than " + MOST_BYTES + " bytes, the most that D1 takes");
        }
        return bound;
    }
}
