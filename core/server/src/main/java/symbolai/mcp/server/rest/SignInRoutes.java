package symbolai.mcp.server.rest;

import static symbolai.mcp.api.Schemas.array;
import static symbolai.mcp.api.Schemas.bool;
import static symbolai.mcp.api.Schemas.integer;
import static symbolai.mcp.api.Schemas.string;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.Schemas;
import symbolai.mcp.server.identity.SignIn;
import symbolai.mcp.server.identity.SignIns;

/** The browsers in which a user is signed in, for that user. */
public final class SignInRoutes {

    private static final String ID = "id";
    private static final RouteAccess OWNERS = new RouteAccess(Set.of(Role.values()), false, false);

    private final SignIns signIns;

    public SignInRoutes(SignIns signIns) {
        this.signIns = signIns;
    }

    /** Its routes. */
    public List<OwnRoute> routes() {
        return List.of(
                OwnRoute.get(
                        "auth/sign-ins",
                        "Lists the browsers in which you are signed in.",
                        Schemas.object().build(),
                        Schemas.object()
                                .required("signIns", array("The newest first.", schema()))
                                .build(),
                        OWNERS,
                        this::list),
                OwnRoute.post(
                        "auth/sign-ins/end",
                        "Signs you out in one browser, or everywhere.",
                        Schemas.object()
                                .optional(ID, string("Which sign-in; all when left out."))
                                .build(),
                        Schemas.object().required("ended", integer("How many.")).build(),
                        OWNERS,
                        this::end));
    }

    private Future<JsonObject> list(Caller caller, JsonObject fields) {
        return signIns.list(caller)
                .map(all -> all.stream().map(signIn -> json(signIn, caller)).toList())
                .map(all -> new JsonObject().put("signIns", new JsonArray(all)).put("count", all.size()));
    }

    private Future<JsonObject> end(Caller caller, JsonObject body) {
        var id = new BodyFields(body).only(List.of(ID)).optionalText(ID);
        return id.map(one -> signIns.end(caller, one).map(1))
                .orElseGet(() -> signIns.endAll(caller))
                .map(ended -> new JsonObject().put("ended", ended));
    }

    private static JsonObject json(SignIn signIn, Caller caller) {
        return new JsonObject()
                .put(ID, signIn.id())
                .put("current", signIn.id().equals(caller.credential().id()))
                .put("createdAt", signIn.created().toString())
                .put("seenAt", signIn.seen().toString())
                .put("expiresAt", signIn.expires().toString())
                .put("address", signIn.address())
                .put("browser", signIn.agent());
    }

    private static JsonObject schema() {
        return Schemas.object()
                .required(ID, string("Names the sign-in; not secret."))
                .required("current", bool("Whether it is the one you ask with."))
                .required("createdAt", string("When you signed in."))
                .required("seenAt", string("When it was last used, to the minute."))
                .required("expiresAt", string("When it ends if it is not used any more."))
                .required("address", string("Where you signed in from."))
                .required("browser", string("What the browser called itself."))
                .build("A sign-in.");
    }
}
