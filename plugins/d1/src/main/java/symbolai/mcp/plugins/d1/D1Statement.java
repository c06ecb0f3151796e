package symbolai.mcp.plugins.d1;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A statement and the values of its parameters. */
record D1Statement(String sql, JsonArray params) {

    static D1Statement of(String sql) {
        return new D1Statement(sql, new JsonArray());
    }

    static D1Statement from(JsonObject json) {
        return new D1Statement(json.getString("sql"), json.getJsonArray("params", new JsonArray()));
    }

    JsonObject toJson() {
        return new JsonObject().put("sql", sql).put("params", params);
    }
}
