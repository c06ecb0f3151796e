package symbolai.mcp.server.rest.v4;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Who calls, and which accounts there are: one user with one account. */
final class AccountRoutes {

    private static final String USER = "10ca100000000000000000000000000a";
    private static final String TOKEN = "10ca100000000000000000000000000b";
    private static final String MEMBERSHIP = "10ca100000000000000000000000000c";
    private static final String CREATED = "2025-01-01T00:00:00Z";

    List<V4Route> routes() {
        return List.of(
                V4Route.of("GET", "/user", request -> done(V4Answer.result(user()))),
                V4Route.of("GET", "/user/tokens/verify", request -> done(verified())),
                V4Route.of("GET", "/accounts", request -> done(page(request, account()))),
                V4Route.of("GET", "/accounts/{account}", request -> done(V4Answer.result(account()))),
                V4Route.of("GET", "/accounts/{account}/tokens/verify", request -> done(verified())),
                V4Route.of("GET", "/memberships", request -> done(page(request, membership()))));
    }

    private static Future<V4Answer> done(V4Answer answer) {
        return Future.succeededFuture(answer);
    }

    private static V4Answer verified() {
        return V4Answer.result(new JsonObject().put("id", TOKEN).put("status", "active"));
    }

    private static JsonObject user() {
        return new JsonObject()
                .put("id", USER)
                .put("email", "local-api@localhost")
                .put("first_name", "local-api")
                .put("suspended", false)
                .put("created_on", CREATED);
    }

    private static JsonObject account() {
        return new JsonObject()
                .put("id", LocalAccount.ID)
                .put("name", LocalAccount.NAME)
                .put("type", "standard")
                .put("settings", new JsonObject().put("enforce_twofactor", false))
                .put("created_on", CREATED);
    }

    private static JsonObject membership() {
        return new JsonObject()
                .put("id", MEMBERSHIP)
                .put("status", "accepted")
                .put("api_access_enabled", true)
                .put("account", account())
                .put("roles", new JsonArray().add("Super Administrator - All Privileges"))
                .put("permissions", new JsonObject());
    }

    private static V4Answer page(V4Request request, JsonObject only) {
        var page = request.number("page", 1, 1, 100_000);
        var items = page == 1 ? new JsonArray().add(only) : new JsonArray();
        var perPage = request.number("per_page", 20, 1, 1000);
        return V4Answer.page(items, Paging.info(page, perPage, items.size(), 1));
    }
}
