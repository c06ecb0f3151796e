package symbolai.mcp.server.rest;

import static symbolai.mcp.api.Schemas.array;
import static symbolai.mcp.api.Schemas.bool;
import static symbolai.mcp.api.Schemas.string;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.Schemas;
import symbolai.mcp.api.Secret;
import symbolai.mcp.server.identity.User;
import symbolai.mcp.server.identity.Users;
import symbolai.mcp.server.tools.Shown;

/** Users over REST, for admins: by a sign-in that is fresh, or by a key of an admin that is limited in no way. */
public final class UserRoutes {

    private static final String NAME = "name";
    private static final String ROLE = "role";
    private static final String PASSWORD = "password";

    private final Users users;

    public UserRoutes(Users users) {
        this.users = users;
    }

    /** Its routes. */
    public List<OwnRoute> routes() {
        return List.of(
                OwnRoute.get(
                        "users/list",
                        "Lists the users.",
                        Schemas.object().build(),
                        Schemas.object()
                                .required("users", array("By name.", user()))
                                .build(),
                        RouteAccess.ADMINS,
                        (caller, fields) -> users.list().map(UserRoutes::list)),
                OwnRoute.post(
                        "users/create",
                        "Adds a user; without a password, who can set one by a setup link.",
                        name().required(ROLE, role())
                                .optional(PASSWORD, string("At least 8 characters."))
                                .build(),
                        user(),
                        RouteAccess.FRESH_ADMINS,
                        this::create),
                OwnRoute.post(
                        "users/set-role",
                        "Changes what a user may do, at once.",
                        name().required(ROLE, role()).build(),
                        done(),
                        RouteAccess.FRESH_ADMINS,
                        this::setRole),
                OwnRoute.post(
                        "users/reset-password",
                        "Sets a new password, and ends the user's sign-ins.",
                        name().required(PASSWORD, string("At least 8 characters."))
                                .build(),
                        done(),
                        RouteAccess.FRESH_ADMINS,
                        this::resetPassword),
                OwnRoute.post(
                        "users/remove",
                        "Removes a user with all keys.",
                        name().build(),
                        done(),
                        RouteAccess.FRESH_ADMINS,
                        this::remove));
    }

    private Future<JsonObject> create(Caller caller, JsonObject body) {
        var fields = new BodyFields(body).only(List.of(NAME, ROLE, PASSWORD));
        var name = fields.text(NAME);
        var role = role(fields.text(ROLE));
        return fields.optionalText(PASSWORD)
                .map(password -> users.create(caller, name, role, new Secret(password)))
                .orElseGet(() -> users.createWithoutPassword(caller, name, role))
                .map(UserRoutes::json);
    }

    private Future<JsonObject> setRole(Caller caller, JsonObject body) {
        var fields = new BodyFields(body).only(List.of(NAME, ROLE));
        return users.setRole(caller, fields.text(NAME), role(fields.text(ROLE))).map(UserRoutes::changed);
    }

    private Future<JsonObject> resetPassword(Caller caller, JsonObject body) {
        var fields = new BodyFields(body).only(List.of(NAME, PASSWORD));
        return users.resetPassword(caller, fields.text(NAME), new Secret(fields.text(PASSWORD)))
                .map(UserRoutes::changed);
    }

    private Future<JsonObject> remove(Caller caller, JsonObject body) {
        return users.remove(caller, new BodyFields(body).only(List.of(NAME)).text(NAME))
                .map(UserRoutes::changed);
    }

    private static JsonObject changed(Void done) {
        return new JsonObject().put("done", true);
    }

    private static JsonObject list(List<User> users) {
        return new JsonObject()
                .put("users", new JsonArray(users.stream().map(UserRoutes::json).toList()))
                .put("count", users.size());
    }

    private static JsonObject json(User user) {
        return new JsonObject()
                .put("id", user.id())
                .put(NAME, user.name())
                .put(ROLE, user.role().text())
                .put("hasPassword", user.hasPassword())
                .put("createdAt", user.created().toString());
    }

    private static Role role(String text) {
        return Stream.of(Role.values())
                .filter(role -> role.text().equals(text))
                .findFirst()
                .orElseThrow(() -> RestProblem.invalid("the role " + Shown.text(text)
                        + " is not known; it is one of "
                        + String.join(
                                ", ", Stream.of(Role.values()).map(Role::text).toList())));
    }

    private static Schemas.ObjectSchema name() {
        return Schemas.object().required(NAME, string("The user's name."));
    }

    private static JsonObject role() {
        return string("admin, operator, viewer or auditor.");
    }

    private static JsonObject done() {
        return Schemas.object().required("done", bool("It is done.")).build();
    }

    private static JsonObject user() {
        return Schemas.object()
                .required("id", string("Stays the same when the name changes."))
                .required(NAME, string("The name."))
                .required(ROLE, role())
                .required("hasPassword", bool("Whether the user can sign in with a password."))
                .required("createdAt", string("When."))
                .build("A user.");
    }
}
