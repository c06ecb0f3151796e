package symbolai.mcp.server.identity.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static symbolai.mcp.server.identity.oauth.OAuthHouse.done;
import static symbolai.mcp.server.identity.oauth.OAuthHouse.failure;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.server.identity.Authentication;
import symbolai.mcp.server.identity.Authenticator;

/** What cannot be written to the audit log does not happen. */
class UnrecordedTest {

    private static final Caller BY = Authenticator.localAdmin();

    @TempDir
    Path folder;

    private OAuthHouse house;
    private String client;

    @BeforeEach
    void open() {
        house = new OAuthHouse(folder);
        client = house.register(OAuthHouse.REDIRECT);
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void noConsentIsRemembered() {
        var ask = house.ask(OAuthHouse.asking(client));
        house.breakAudit();

        refused(house.authorizations.accept(ask, "ada", ask.scopes(), "192.0.2.1"));

        assertThat(done(house.authorizations.agreed(ask, "ada"))).isFalse();
    }

    @Test
    void noDeviceIsLetIn() {
        var begun = done(house.requests.device(OAuthHouse.posted(Map.of("client_id", client))));
        var pending =
                done(house.devices.find(begun.getString("user_code"), "ada")).orElseThrow();
        house.breakAudit();

        refused(house.devices.decide(pending, true, Scopes.ALL, "ada", "192.0.2.1"));

        assertThat(done(house.devices.find(begun.getString("user_code"), "ada")))
                .isPresent();
    }

    @Test
    void aDeviceIsDecidedAboutOnce() {
        var begun = done(house.requests.device(OAuthHouse.posted(Map.of("client_id", client))));
        var pending =
                done(house.devices.find(begun.getString("user_code"), "ada")).orElseThrow();

        assertThat(done(house.devices.decide(pending, false, Scopes.ALL, "ada", "192.0.2.1")))
                .isTrue();
        assertThat(done(house.devices.decide(pending, true, Scopes.ALL, "bob", "192.0.2.1")))
                .isFalse();

        assertThat(house.audited()).contains("\"outcome\":\"failed\"");
    }

    @Test
    void noClientIsMade() {
        house.breakAudit();

        refused(house.clients.create(BY, "a job", "ada", false));

        assertThat(done(house.clientStore.list())).hasSize(1);
    }

    @Test
    void noClientIsRevoked() {
        var tokens = house.signedIn(client, "ada");
        house.breakAudit();

        refused(house.clients.revoke(BY, client));

        assertThat(done(house.clientStore.find(client))).isPresent();
        assertThat(house.authenticate(tokens)).isInstanceOf(Authentication.Known.class);
    }

    @Test
    void noClientRegisters() {
        house.breakAudit();
        var body = new JsonObject().put("redirect_uris", new JsonArray().add(OAuthHouse.REDIRECT));

        refused(house.registrations.register(body.encode(), "192.0.2.1"));

        assertThat(done(house.clientStore.list())).hasSize(1);
    }

    private static void refused(Future<?> change) {
        assertThat(failure(change))
                .isInstanceOfSatisfying(
                        ToolException.class,
                        problem -> assertThat(problem.reason()).isEqualTo(ToolException.Reason.UNAVAILABLE));
    }
}
