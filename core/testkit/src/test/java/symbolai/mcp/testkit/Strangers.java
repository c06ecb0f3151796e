package symbolai.mcp.testkit;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import symbolai.mcp.api.Role;
import symbolai.mcp.server.identity.Authenticator;
import symbolai.mcp.server.identity.Checksum;

/** Clients who show nothing, or nothing that is good (any more). */
final class Strangers {

    /** Well formed, with the right checksum, and known to no server. */
    private static final String UNKNOWN_KEY =
            "smcp_AAAAAAAAAAAA_0000000000000000000000000000000000000000000" + "3jFgpE";

    private final TestServer server;
    private final Path otherFolder;
    private final Household household;
    private final StoredRows rows;
    private final Map<String, McpClient> all = new LinkedHashMap<>();

    Strangers(TestServer server, Path otherFolder) {
        this.server = server;
        this.otherFolder = otherFolder;
        this.household = new Household(server);
        this.rows = new StoredRows(server);
    }

    /** All of them, by what they show. */
    Map<String, McpClient> all() {
        household.user("ada", Role.ADMIN);
        household.user("gone", Role.ADMIN);
        nonsense();
        keys(household.key("ada"));
        tokens();
        cookies(household.key("ada"));
        household.remove("gone");
        return all;
    }

    private void nonsense() {
        var client = server.client();
        all.put("nothing", client);
        all.put("nothing after the scheme", client.with("Authorization", "Bearer "));
        all.put("another scheme", client.with("Authorization", "Basic YWRhOmFkYQ=="));
        shows("garbage", "garbage");
        shows("a token that nobody signed", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEifQ.");
    }

    private void keys(String good) {
        all.put("a key without its scheme", server.client().with("Authorization", good));
        shows("a cut key", good.substring(0, good.length() - 1));
        shows("a mistyped key", flipped(good, 20));
        shows("an unknown key", UNKNOWN_KEY);
        shows("an expired key", household.key("ada", Optional.of(Duration.ofMillis(1)), List.of(), false));
        shows("a revoked key", revokedKey());
        shows("a removed user's key", household.key("gone"));
        shows("another server's key", foreignKey());
        Awaitility.await()
                .until(() -> RouteTable.call(all.get("an expired key"), "GET /openapi.json")
                                .status()
                        == 401);
    }

    private String revokedKey() {
        var key = household.key("ada");
        server.server()
                .apiKeys()
                .revoke(Authenticator.localAdmin(), key.substring(5, 17))
                .await();
        return key;
    }

    private String foreignKey() {
        try (var other = TestServer.start(otherFolder, List.of(), config -> config)) {
            return other.key("ada", Role.ADMIN);
        }
    }

    private void tokens() {
        var good = tokens("ada");
        shows("a malformed token", "smcpt_" + "A".repeat(43));
        shows("a mistyped token", flipped(good.getString("access_token"), 20));
        shows("an unknown token", Checksum.append("smcpt_" + "A".repeat(43)));
        shows("a refresh token", good.getString("refresh_token"));
        shows("a removed user's token", tokens("gone").getString("access_token"));
        var expired = tokens("ada").getString("access_token");
        rows.expire(expired);
        shows("an expired token", expired);
        var foreign = tokens("ada").getString("access_token");
        rows.estrange(foreign);
        shows("a token for another server", foreign);
        var program = household.program();
        var revoked = household.tokens("ada", program).getString("access_token");
        new OAuthFlow(server, new FormBrowser(server))
                .post("/oauth/revoke", Map.of("token", revoked, "client_id", program));
        shows("a revoked token", revoked);
    }

    /** Of a program that is new, as users are asked once for each. */
    private JsonObject tokens(String user) {
        return household.tokens(user, household.program());
    }

    private void cookies(String goodKey) {
        var client = server.client();
        all.put("an unknown cookie", client.with("Cookie", "symbolai=" + "A".repeat(43)));
        all.put("a key as a cookie", client.with("Cookie", "symbolai=" + goodKey + "; __Host-symbolai=" + goodKey));
        all.put("a removed user's cookie", household.browser("gone").client(TestServer.PATH));
        var old = household.browser("ada");
        rows.expire(old);
        all.put("an expired cookie", old.client(TestServer.PATH));
        var left = household.browser("ada");
        all.put("the cookie of before a sign-out", left.client(TestServer.PATH));
        RouteTable.call(household.script(left), "POST /api/mcp/auth/sign-out");
    }

    private void shows(String what, String credential) {
        all.put(what, server.client().withKey(credential));
    }

    private static String flipped(String text, int at) {
        return text.substring(0, at) + (text.charAt(at) == 'x' ? 'y' : 'x') + text.substring(at + 1);
    }
}
