package symbolai.mcp.server.rest;

import static symbolai.mcp.api.Schemas.array;
import static symbolai.mcp.api.Schemas.bool;
import static symbolai.mcp.api.Schemas.string;

import io.vertx.core.json.JsonObject;
import symbolai.mcp.api.Schemas;

/** The JSON Schemas of what the connection flow takes and gives. */
final class FlowSchemas {

    private static final String NAME = "The name of the connection.";

    JsonObject nothing() {
        return Schemas.object().build();
    }

    JsonObject connect() {
        return Schemas.object()
                .optional("connector", string("Which system; the first that asks for credentials when left out."))
                .optional("name", string("How the connection will be called; the connector's id when left out."))
                .build();
    }

    JsonObject begun() {
        var field = Schemas.object()
                .required("name", string("The name of the field in the callback."))
                .required("title", string("The name for people."))
                .required("help", string("What it is and where to find it."))
                .required("pattern", string("A regular expression that the whole value matches."))
                .required("secret", bool("Whether it must be hidden."))
                .required("required", bool("Whether it must be given."))
                .optional("choices", array("The only values, the default first.", string("A value.")))
                .build("One thing that must be given.");
        return Schemas.object()
                .required("state", string("Goes with the callback; good once."))
                .required("expiresAt", string("Until when the state is good."))
                .required("connector", string("The connector."))
                .required("title", string("The name of the system."))
                .required("connectionUrl", string("The page where a person gets the credentials; may be empty."))
                .required("steps", array("What a person does there.", string("A step.")))
                .required("fields", array("What the callback takes.", field))
                .build();
    }

    JsonObject callback() {
        return Schemas.object()
                .required("state", string("What connect gave."))
                .optional("name", string("Another name than the one given to connect."))
                .build()
                .put("additionalProperties", string("The fields of the connector, such as apiToken and accountId."));
    }

    JsonObject name() {
        return Schemas.object().required("name", string(NAME)).build();
    }

    JsonObject optionalName() {
        return Schemas.object()
                .optional("name", string("The name; the active connection when left out."))
                .build();
    }

    JsonObject disconnected() {
        return Schemas.object()
                .required("disconnected", bool("Whether there was such a connection."))
                .build();
    }

    JsonObject connection() {
        var account = Schemas.object()
                .required("id", string("The id."))
                .required("name", string("The name."))
                .build("An account.");
        var permission = Schemas.object()
                .required("name", string("In the system's own words."))
                .required("state", string("granted, missing or unknown."))
                .required("detail", string("What follows from that."))
                .build("A permission.");
        return Schemas.object()
                .required("name", string(NAME))
                .required("connector", string("The connector."))
                .required("active", bool("Whether calls take it."))
                .required("account", account)
                .required("accounts", array("All accounts that the credentials can see.", account))
                .required("permissions", array("What the credentials may do.", permission))
                .required("warnings", array("What to know.", string("A sentence.")))
                .required("verifiedAt", string("When the system accepted the credentials last."))
                .required(
                        "fields",
                        new JsonObject().put("type", "object").put("additionalProperties", string("A value.")))
                .optional("expires", string("When the credentials end."))
                .build();
    }

    private static JsonObject signIn() {
        return Schemas.object()
                .required("csrfToken", string("Goes as X-CSRF-Token with each request that changes something."))
                .required("expiresAt", string("When the sign-in ends if it is not used any more."))
                .required(
                        "fresh", bool("Whether the password was given so recently that dangerous things can be done."))
                .build("The sign-in of a browser; absent for other callers.");
    }

    JsonObject status() {
        return Schemas.object()
                .required("authenticated", bool("Whether the caller is known; a stranger gets only this."))
                .optional("name", string("The caller's name."))
                .optional("role", string("The caller's role."))
                .optional("signIn", signIn())
                .optional("connected", bool("Whether there is an active connection whose credentials are good."))
                .optional("connection", connection())
                .optional("connections", array("All connections.", connection()))
                .build();
    }
}
