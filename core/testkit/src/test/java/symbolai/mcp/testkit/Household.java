package symbolai.mcp.testkit;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.Secret;
import symbolai.mcp.server.identity.Authenticator;
import symbolai.mcp.server.identity.KeyRequest;

/** The users of a server, with every way in which they can show who they are. */
record Household(TestServer server) {

    private static final String PASSWORD = "seven small stones";
    private static final String SCOPES = "mcp:tools:read mcp:tools:write";

    void user(String name, Role role) {
        server.server()
                .users()
                .create(Authenticator.localAdmin(), name, role, new Secret(PASSWORD))
                .await();
    }

    void remove(String name) {
        server.server().users().remove(Authenticator.localAdmin(), name).await();
    }

    String key(String user) {
        return key(user, Optional.empty(), List.of(), false);
    }

    String key(String user, Optional<Duration> life, List<String> tools, boolean agent) {
        var request = new KeyRequest(user, "test", life, tools, agent, List.of());
        return server.server()
                .apiKeys()
                .create(Authenticator.localAdmin(), request)
                .await()
                .key()
                .reveal();
    }

    FormBrowser browser(String user) {
        var browser = new FormBrowser(server);
        browser.signIn(user, PASSWORD);
        return browser;
    }

    /** A script on a page of the server, in a browser that is signed in. */
    McpClient script(FormBrowser browser) {
        return withoutCsrf(browser).with("X-CSRF-Token", browser.csrfToken());
    }

    /** The same, but that it forgot its token. */
    McpClient withoutCsrf(FormBrowser browser) {
        return browser.client(TestServer.PATH).with("Origin", browser.origin());
    }

    /** The tokens of a program to which the user agreed. */
    JsonObject tokens(String user, String program) {
        return new OAuthFlow(server, browser(user)).tokens(program, SCOPES);
    }

    String program() {
        return new OAuthFlow(server, new FormBrowser(server)).register();
    }

    /** The access token of a program that acts for the user by its own secret. */
    String ownToken(String user) {
        var made = server.server()
                .oauthClients()
                .create(Authenticator.localAdmin(), "nightly", user, true)
                .await();
        var basic = made.id() + ":" + made.secret().reveal();
        return server.client()
                .at("/oauth/token")
                .with("Content-Type", "application/x-www-form-urlencoded")
                .with("Authorization", "Basic " + Base64.getEncoder().encodeToString(basic.getBytes()))
                .post("grant_type=client_credentials")
                .json()
                .getString("access_token");
    }
}
