package symbolai.mcp.server.connections;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import symbolai.mcp.api.Verified;
import symbolai.mcp.api.Verified.Account;
import symbolai.mcp.api.Verified.Permission;
import symbolai.mcp.api.Verified.State;

/**
 * What the store keeps of a connection in plain JSON.
 *
 * @param fields what was given to connect, without what is secret
 */
record StoredJson(
        Account account,
        List<Account> accounts,
        List<Permission> permissions,
        List<String> warnings,
        Map<String, String> fields) {

    static StoredJson of(Verified verified, Map<String, String> fields) {
        return new StoredJson(
                verified.account(), verified.accounts(), verified.permissions(), verified.warnings(), fields);
    }

    String encode() {
        return new JsonObject()
                .put("account", json(account))
                .put("accounts", array(accounts, StoredJson::json))
                .put("permissions", array(permissions, StoredJson::json))
                .put("warnings", new JsonArray(warnings))
                .put("fields", new JsonObject(new TreeMap<String, Object>(fields)))
                .encode();
    }

    static StoredJson decode(String text) {
        var json = new JsonObject(text);
        return new StoredJson(
                account(json.getJsonObject("account")),
                list(json.getJsonArray("accounts"), StoredJson::account),
                list(json.getJsonArray("permissions"), StoredJson::permission),
                json.getJsonArray("warnings").stream().map(String::valueOf).toList(),
                json.getJsonObject("fields").stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, field -> String.valueOf(field.getValue()))));
    }

    private static JsonObject json(Account account) {
        return new JsonObject().put("id", account.id()).put("name", account.name());
    }

    private static JsonObject json(Permission permission) {
        return new JsonObject()
                .put("name", permission.name())
                .put("state", permission.state().name())
                .put("detail", permission.detail());
    }

    private static <T> JsonArray array(List<T> values, Function<T, JsonObject> json) {
        return new JsonArray(values.stream().map(json).toList());
    }

    private static <T> List<T> list(JsonArray values, Function<JsonObject, T> read) {
        return values.stream().map(JsonObject.class::cast).map(read).toList();
    }

    private static Account account(JsonObject json) {
        return new Account(json.getString("id"), json.getString("name"));
    }

    private static Permission permission(JsonObject json) {
        return new Permission(json.getString("name"), State.valueOf(json.getString("state")), json.getString("detail"));
    }
}
