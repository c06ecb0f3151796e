package symbolai.mcp.server.identity.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static symbolai.mcp.server.identity.oauth.OAuthHouse.done;
import static symbolai.mcp.server.identity.oauth.OAuthHouse.failure;
import static symbolai.mcp.server.identity.oauth.OAuthHouse.problem;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Credential;
import symbolai.mcp.api.Role;
import symbolai.mcp.server.identity.Authentication;
import symbolai.mcp.server.identity.Authenticator;
import symbolai.mcp.server.store.GrantRow;

/** The tokens of clients that act by themselves. */
class OwnTokensTest {

    @TempDir
    Path folder;

    private OAuthHouse house;
    private NewClient client;

    @BeforeEach
    void open() {
        house = new OAuthHouse(folder);
        client = done(house.clients.create(Authenticator.localAdmin(), "a job", "ada", true));
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void aClientGetsTokensUntilItIsRevoked() {
        var tokens = done(ask());
        assertThat(house.authenticate(tokens)).isInstanceOf(Authentication.Known.class);

        done(house.clients.revoke(Authenticator.localAdmin(), client.id()));

        assertThat(house.authenticate(tokens)).isInstanceOf(Authentication.Refused.class);
        assertThat(problem(ask())).isEqualTo("invalid_client");
    }

    @Test
    void row8NoTokenSurvivesARevocationAtTheSameTime() {
        var asked = IntStream.range(0, 50).mapToObj(i -> ask()).toList();
        var revoked = house.clients.revoke(Authenticator.localAdmin(), client.id());
        done(Future.join(asked).otherwiseEmpty());
        done(revoked);

        asked.stream()
                .filter(Future::succeeded)
                .forEach(tokens ->
                        assertThat(house.authenticate(tokens.result())).isInstanceOf(Authentication.Refused.class));
        asked.stream()
                .filter(Future::failed)
                .forEach(failed -> assertThat(problem(failed)).isEqualTo("invalid_client"));
    }

    @Test
    void row8NoGrantIsAddedToAClientThatIsGone() {
        var grant = new GrantRow("g1", client.id(), "ada", OAuthHouse.SITE.resource(), Scopes.READING.names(), 1, 2, 0);
        done(house.clients.revoke(Authenticator.localAdmin(), client.id()));

        assertThat(done(house.grantStore.add(grant, List.of()))).isFalse();

        assertThat(done(house.grantStore.list(0))).isEmpty();
    }

    @Test
    void aClientWhoseUserIsGoneIsNoLongerKnown() {
        house.user("eve", "admin");
        assertThat(done(house.users.remove("ada"))).isNotNull();

        assertThat(problem(ask())).isEqualTo("invalid_client");
    }

    @Test
    void theRecordsNameWhoMadeAndRevokedItAndWithWhichKey() {
        var credential = Credential.key("key-7", List.of(), false);
        var boss = new Caller("boss", "the boss", Role.ADMIN, credential, "192.0.2.7");
        var made = done(house.clients.create(boss, "ada", "bob", true));
        done(house.clients.revoke(boss, made.id()));

        var records = records(made.id());

        assertThat(records)
                .extracting(record -> record.getString("event"))
                .containsExactly("oauth.client-registered", "oauth.revoked");
        assertThat(records)
                .allSatisfy(record -> assertThat(record.getMap())
                        .containsEntry("caller", "boss")
                        .containsEntry("name", "the boss")
                        .containsEntry("key", "key-7")
                        .containsEntry("address", "192.0.2.7"));
        assertThat(records.get(0).getMap()).containsEntry("clientName", "ada").containsEntry("target", "bob");
    }

    @Test
    void noProgramIsRecordedByTheNameThatItGivesItself() {
        var id = house.register(OAuthHouse.REDIRECT);

        assertThat(records(id))
                .singleElement()
                .satisfies(record -> assertThat(record.getMap())
                        .containsEntry("clientName", "a program")
                        .doesNotContainKey("name"));
    }

    private List<JsonObject> records(String client) {
        return house.audited()
                .lines()
                .filter(line -> line.startsWith("{"))
                .map(JsonObject::new)
                .filter(record -> client.equals(record.getString("client")))
                .toList();
    }

    /** Also one that was looked up a moment ago, as soon as it must be looked up again. */
    @Test
    void withoutADatabaseNoTokenIsKnown() {
        var known = done(ask());
        var fresh = done(ask());
        assertThat(house.authenticate(known)).isInstanceOf(Authentication.Known.class);

        house.breakDatabase();
        house.clock.advance(Duration.ofSeconds(5));

        assertThat(failure(authenticated(known))).isNotNull();
        assertThat(failure(authenticated(fresh))).isNotNull();
    }

    private Future<Authentication> authenticated(JsonObject tokens) {
        return house.tokens.authenticate(tokens.getString("access_token"), OAuthHouse.SITE.origin(), "192.0.2.1");
    }

    private Future<JsonObject> ask() {
        var pair = client.id() + ":" + client.secret().reveal();
        var basic = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        var form = OAuthHouse.form(Map.of("grant_type", "client_credentials"));
        return house.requests.token(new TokenRequests.Posted(Optional.of(basic), form, OAuthHouse.SITE, "192.0.2.1"));
    }
}
