package symbolai.mcp.server.rest;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Function;
import symbolai.mcp.api.CredentialField;
import symbolai.mcp.api.Verified;
import symbolai.mcp.server.connections.ConnectionInfo;
import symbolai.mcp.server.connections.ConnectorInfo;

/** Writes what users may see of connections and connectors. */
public final class ConnectionJson {

    /** A connection. */
    public JsonObject connection(ConnectionInfo connection) {
        var fields = new JsonObject();
        new TreeMap<>(connection.fields()).forEach(fields::put);
        var written = new JsonObject()
                .put("name", connection.name())
                .put("connector", connection.connector())
                .put("active", connection.active())
                .put("account", account(connection.account()))
                .put("accounts", array(connection.accounts(), ConnectionJson::account))
                .put("permissions", array(connection.permissions(), ConnectionJson::permission))
                .put("warnings", new JsonArray(connection.warnings()))
                .put("verifiedAt", connection.verifiedAt().toString())
                .put("fields", fields);
        connection.expires().ifPresent(moment -> written.put("expires", moment.toString()));
        return written;
    }

    /** A connector: what must be given, and how to get it. */
    public JsonObject connector(ConnectorInfo connector) {
        return new JsonObject()
                .put("connector", connector.id())
                .put("title", connector.title())
                .put("connectionUrl", connector.steps().url())
                .put("steps", new JsonArray(connector.steps().steps()))
                .put("fields", array(connector.fields(), ConnectionJson::field));
    }

    /** A connection that was begun. */
    JsonObject begun(ConnectorInfo connector, String state, Instant expires) {
        return connector(connector).put("state", state).put("expiresAt", expires.toString());
    }

    private static JsonObject account(Verified.Account account) {
        return new JsonObject().put("id", account.id()).put("name", account.name());
    }

    private static JsonObject permission(Verified.Permission permission) {
        return new JsonObject()
                .put("name", permission.name())
                .put("state", permission.state().name().toLowerCase(Locale.ROOT))
                .put("detail", permission.detail());
    }

    private static JsonObject field(CredentialField field) {
        var json = new JsonObject()
                .put("name", field.name())
                .put("title", field.title())
                .put("help", field.help())
                .put("pattern", field.pattern())
                .put("secret", field.secret())
                .put("required", field.required());
        return field.choices().isEmpty() ? json : json.put("choices", new JsonArray(field.choices()));
    }

    private static <T> JsonArray array(List<T> values, Function<T, JsonObject> json) {
        var array = new JsonArray();
        values.forEach(value -> array.add(json.apply(value)));
        return array;
    }
}
