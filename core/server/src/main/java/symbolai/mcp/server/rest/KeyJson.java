package symbolai.mcp.server.rest;

import static symbolai.mcp.api.Schemas.array;
import static symbolai.mcp.api.Schemas.bool;
import static symbolai.mcp.api.Schemas.string;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import symbolai.mcp.api.Schemas;
import symbolai.mcp.server.identity.KeyInfo;

/** What is shown of an API key, as JSON. */
final class KeyJson {

    JsonObject key(KeyInfo key) {
        var json = new JsonObject()
                .put("id", key.id())
                .put("user", key.user())
                .put("label", key.label())
                .put("tools", new JsonArray(key.tools()))
                .put("addresses", new JsonArray(key.addresses()))
                .put("agent", key.agent())
                .put("createdAt", key.created().toString());
        key.expires().ifPresent(moment -> json.put("expiresAt", moment.toString()));
        key.used().ifPresent(moment -> json.put("usedAt", moment.toString()));
        key.revoked().ifPresent(moment -> json.put("revokedAt", moment.toString()));
        return json;
    }

    JsonObject schema() {
        return Schemas.object()
                .required("id", string("Names the key; not secret."))
                .required("user", string("Who acts with it."))
                .required("label", string("What it is called."))
                .required("tools", array("The tools it is limited to; empty for all.", string("A glob.")))
                .required("addresses", array("Where it is good from; empty for everywhere.", string("A range.")))
                .required("agent", bool("Whether an agent has it."))
                .required("createdAt", string("When."))
                .optional("expiresAt", string("Until when it is good."))
                .optional("usedAt", string("When it was last shown, to the minute."))
                .optional("revokedAt", string("When it was revoked."))
                .build("An API key.");
    }
}
