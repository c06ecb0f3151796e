package symbolai.mcp.server.rest;

import static symbolai.mcp.api.Schemas.bool;
import static symbolai.mcp.api.Schemas.string;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import symbolai.mcp.api.Schemas;

/** Describes the routes at which browsers sign in and out, which the pages answer: they take and give the cookie of a sign-in. */
final class BrowserOperations {

    private static final String PASSWORD = "password";

    /** The operations by their paths below {@code /api/mcp/}; all are of the method POST. */
    JsonObject all() {
        return new JsonObject()
                .put(
                        "auth/sign-in",
                        operation(
                                "auth_sign_in",
                                "Signs a user in: the answer sets the cookie.",
                                Schemas.object()
                                        .required("name", string("The user's name."))
                                        .required(PASSWORD, string("The password."))
                                        .build(),
                                entered(),
                                new JsonObject()))
                .put(
                        "auth/sign-out",
                        known(
                                "auth_sign_out",
                                "Signs you out in this browser.",
                                Schemas.object().build(),
                                Schemas.object()
                                        .required("signedOut", bool("It is done."))
                                        .build()))
                .put(
                        "auth/password",
                        known(
                                "auth_password",
                                "Changes your password, and signs you out in all other browsers.",
                                Schemas.object()
                                        .required("current", string("The password of now."))
                                        .required("next", string("At least 8 characters."))
                                        .build(),
                                entered()))
                .put(
                        "auth/step-up",
                        known(
                                "auth_step_up",
                                "Makes your sign-in fresh, for what is dangerous.",
                                Schemas.object()
                                        .required(PASSWORD, string("The password."))
                                        .build(),
                                entered()));
    }

    /** The ways in which a browser shows who it is. */
    JsonObject schemes() {
        return new JsonObject()
                .put("signIn", key("cookie", "symbolai", "The cookie of a sign-in; __Host-symbolai over https."))
                .put("csrf", key("header", "X-CSRF-Token", "The csrfToken of auth/sign-in or auth/status."));
    }

    private static JsonObject key(String in, String name, String description) {
        return new JsonObject()
                .put("type", "apiKey")
                .put("in", in)
                .put("name", name)
                .put("description", description);
    }

    private static JsonObject known(String id, String summary, JsonObject input, JsonObject output) {
        var needed = new JsonObject().put("signIn", new JsonArray()).put("csrf", new JsonArray());
        return operation(id, summary, input, output, needed);
    }

    private static JsonObject operation(
            String id, String summary, JsonObject input, JsonObject output, JsonObject security) {
        return new JsonObject()
                .put("operationId", id)
                .put("summary", summary)
                .put("tags", new JsonArray().add("auth"))
                .put("security", new JsonArray().add(security))
                .put("requestBody", ToolOperation.body(input, true))
                .put("responses", OpenApi.responses(ToolOperation.json("The answer.", output)));
    }

    private static JsonObject entered() {
        return Schemas.object()
                .required("name", string("The user's name."))
                .required("role", string("admin, operator, viewer or auditor."))
                .required("csrfToken", string("Goes as X-CSRF-Token with each request that changes something."))
                .required("expiresAt", string("When the sign-in ends if it is not used any more."))
                .build();
    }
}
