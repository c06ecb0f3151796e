package symbolai.mcp.server.tools;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Credential;
import symbolai.mcp.api.Role;

/** Writes down who asked for a task, and reads it again. */
final class CallerCodec {

    private CallerCodec() {}

    static JsonObject json(Caller caller) {
        var credential = caller.credential();
        return new JsonObject()
                .put("id", caller.id())
                .put("name", caller.name())
                .put("role", caller.role().text())
                .put("address", caller.address())
                .put("kind", credential.kind().name())
                .put("credential", credential.id())
                .put("client", credential.client())
                .put("scopes", array(credential.scopes().stream().sorted().toList()))
                .put("tools", array(credential.tools()))
                .put("agent", credential.agent());
    }

    static Caller caller(JsonObject json) {
        var credential = new Credential(
                Credential.Kind.valueOf(json.getString("kind")),
                json.getString("credential"),
                json.getString("client"),
                Set.copyOf(new HashSet<>(texts(json.getJsonArray("scopes")))),
                texts(json.getJsonArray("tools")),
                json.getBoolean("agent"));
        return new Caller(
                json.getString("id"),
                json.getString("name"),
                Role.valueOf(json.getString("role").toUpperCase(Locale.ROOT)),
                credential,
                json.getString("address"));
    }

    private static JsonArray array(List<String> texts) {
        return new JsonArray(texts);
    }

    private static List<String> texts(JsonArray array) {
        return array.stream().map(String.class::cast).toList();
    }
}
