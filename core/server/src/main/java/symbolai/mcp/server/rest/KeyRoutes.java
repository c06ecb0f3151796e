package symbolai.mcp.server.rest;

import static symbolai.mcp.api.Schemas.array;
import static symbolai.mcp.api.Schemas.bool;
import static symbolai.mcp.api.Schemas.integer;
import static symbolai.mcp.api.Schemas.string;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Credential.Kind;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.Schemas;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.server.identity.ApiKeys;
import symbolai.mcp.server.identity.KeyInfo;
import symbolai.mcp.server.identity.KeyRequest;
import symbolai.mcp.server.identity.NewKey;

/**
 * API keys over REST. Users look after their own keys, admins after all. With a key nobody but an admin makes another: who has stolen one would
 * keep it for ever.
 */
public final class KeyRoutes {

    private static final String ID = "id";
    private static final String USER = "user";
    private static final String LABEL = "label";
    private static final String TOOLS = "tools";
    private static final String ADDRESSES = "addresses";
    private static final String AGENT = "agent";
    private static final String DAYS = "expiresDays";
    private static final int USUAL_DAYS = 90;
    private static final int MOST_DAYS = 3_650;

    private static final RouteAccess OWNERS = new RouteAccess(Set.of(Role.values()), false, false);
    private static final RouteAccess FRESH_OWNERS = new RouteAccess(Set.of(Role.values()), false, true);

    private final ApiKeys keys;
    private final KeyJson json = new KeyJson();

    public KeyRoutes(ApiKeys keys) {
        this.keys = keys;
    }

    /** Its routes. */
    public List<OwnRoute> routes() {
        return List.of(
                OwnRoute.get(
                        "keys/list",
                        "Lists your API keys; for admins those of all users.",
                        Schemas.object().build(),
                        Schemas.object()
                                .required("keys", array("The oldest first.", json.schema()))
                                .build(),
                        OWNERS,
                        this::list),
                OwnRoute.post(
                        "keys/create",
                        "Makes an API key, and shows it once.",
                        request(),
                        made(),
                        FRESH_OWNERS,
                        this::create),
                OwnRoute.post(
                        "keys/revoke",
                        "Revokes an API key: it is refused at once.",
                        Schemas.object()
                                .required(ID, string("The id, as keys/list shows it."))
                                .build(),
                        Schemas.object().required("done", bool("It is done.")).build(),
                        OWNERS,
                        this::revoke));
    }

    private Future<JsonObject> list(Caller caller, JsonObject fields) {
        return visible(caller)
                .map(all -> new JsonObject()
                        .put("keys", new JsonArray(all.stream().map(json::key).toList()))
                        .put("count", all.size()));
    }

    private Future<List<KeyInfo>> visible(Caller caller) {
        return keys.list()
                .map(all -> all.stream()
                        .filter(key -> isAdmin(caller) || key.user().equals(caller.name()))
                        .toList());
    }

    private Future<JsonObject> create(Caller caller, JsonObject body) {
        var fields = new BodyFields(body).only(List.of(USER, LABEL, TOOLS, ADDRESSES, AGENT, DAYS));
        var user = fields.optionalText(USER).orElse(caller.name());
        if (!isAdmin(caller) && !user.equals(caller.name())) {
            return refused("only admins may make keys for others");
        }
        if (!isAdmin(caller) && caller.credential().kind() == Kind.KEY) {
            return refused("a key may not make another; sign in to make one");
        }
        var request = new KeyRequest(
                user,
                fields.text(LABEL),
                life(fields),
                fields.texts(TOOLS),
                fields.flag(AGENT),
                fields.texts(ADDRESSES));
        return keys.create(caller, request).map(KeyRoutes::made);
    }

    private static Optional<Duration> life(BodyFields fields) {
        var days = fields.number(DAYS, 0, MOST_DAYS).orElse(USUAL_DAYS);
        return days == 0 ? Optional.empty() : Optional.of(Duration.ofDays(days));
    }

    private Future<JsonObject> revoke(Caller caller, JsonObject body) {
        var id = new BodyFields(body).only(List.of(ID)).text(ID);
        return visible(caller)
                .compose(all -> isAdmin(caller)
                                || all.stream().anyMatch(key -> key.id().equals(id))
                        ? keys.revoke(caller, id)
                        : Future.failedFuture(new ToolException(Reason.NOT_FOUND, "you have no key of this id")))
                .map(done -> new JsonObject().put("done", true));
    }

    private static boolean isAdmin(Caller caller) {
        return caller.role() == Role.ADMIN;
    }

    private static JsonObject made(NewKey key) {
        return new JsonObject().put(ID, key.id()).put("key", key.key().reveal());
    }

    private static Future<JsonObject> refused(String reason) {
        return Future.failedFuture(new ToolException(Reason.REFUSED, reason));
    }

    private static JsonObject request() {
        return Schemas.object()
                .required(LABEL, string("What the key is called."))
                .optional(USER, string("Who acts with it; you when left out, and others only by admins."))
                .optional(DAYS, integer("How many days it is good for; 90 when left out, 0 for ever."))
                .optional(TOOLS, array("Globs of the tools it is limited to; all when left out.", string("A glob.")))
                .optional(
                        ADDRESSES,
                        array("Addresses and CIDR ranges it is good from; all when left out.", string("A range.")))
                .optional(AGENT, bool("Whether an agent has it, whose writes somebody is to approve."))
                .build();
    }

    private static JsonObject made() {
        return Schemas.object()
                .required(ID, string("Names the key; not secret."))
                .required("key", string("The key. It is shown only now."))
                .build();
    }
}
