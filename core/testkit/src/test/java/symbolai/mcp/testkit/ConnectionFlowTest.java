package symbolai.mcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import symbolai.mcp.api.Role;
import symbolai.mcp.server.connections.Lease;
import symbolai.mcp.server.identity.Authenticator;

/** Connecting accounts over REST. */
class ConnectionFlowTest {

    private static final String TOKEN = "good_planted_token_4711";

    @TempDir
    static Path folder;

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start(folder);
        server.server().connectors().publish("probe", List.of(new ProbeConnector()), new Lease());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static RestClient admin() {
        return new RestClient(server.admin());
    }

    private static String state(RestClient rest) {
        return rest.post("auth/connect", new JsonObject()).json().getString("state");
    }

    private static JsonObject callback(RestClient rest) {
        return new JsonObject()
                .put("state", state(rest))
                .put("apiToken", TOKEN)
                .put("accountId", ProbeConnector.ACCOUNT);
    }

    @Test
    void connectSaysWhatToDoAndWhatToGive() {
        var answer = admin().post("auth/connect", new JsonObject()).json();

        assertThat(answer.getString("connector")).isEqualTo("probe");
        assertThat(answer.getString("connectionUrl")).isEqualTo("https://probe.example/tokens");
        assertThat(answer.getJsonArray("steps")).containsExactly("Open the page.", "Copy the token.");
        assertThat(answer.getJsonArray("fields").stream().map(field -> ((JsonObject) field).getString("name")))
                .containsExactly("apiToken", "accountId", "backend");
        assertThat(answer.getString("expiresAt")).isNotEmpty();
    }

    @Test
    void callbackConnects() {
        var rest = admin();

        var answer = rest.post("auth/callback", callback(rest).put("name", "shop"));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain(TOKEN);
        assertThat(answer.json().getString("name")).isEqualTo("shop");
        assertThat(answer.json().getJsonObject("account").getString("name")).isEqualTo("Acme");
        assertThat(answer.json().getJsonObject("fields"))
                .isEqualTo(new JsonObject()
                        .put("accountId", ProbeConnector.ACCOUNT)
                        .put("backend", "cloud"));
        var status = rest.get("auth/status").json();
        assertThat(status.getBoolean("connected")).isTrue();
        assertThat(status.getJsonObject("connection").getString("name")).isEqualTo("shop");
        assertThat(status.getJsonArray("connections")).hasSize(1);
        assertThat(status.encode()).doesNotContain(TOKEN);
    }

    @Test
    void aStateIsGoodOnce() {
        var rest = admin();
        var body = callback(rest);

        assertThat(rest.post("auth/callback", body).status()).isEqualTo(200);
        var again = rest.post("auth/callback", body);

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().getString("code")).isEqualTo("STATE_USED");
    }

    @Test
    void aStateOfAnotherUserIsRefused() {
        var answer = admin().post("auth/callback", callback(admin()));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).doesNotContain(TOKEN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "apiToken|planted|400|INVALID|apiToken (API token) is not of its form",
                "apiToken|planted token with spaces|400|INVALID|apiToken (API token) is not of its form",
                "apiToken|bad_planted_token|403|REFUSED|does not accept",
                "accountId|planted|400|INVALID|accountId (Account id) is not of its form",
                "backend|planted|400|INVALID|backend must be one of cloud, mcp",
                "name|planted/planted|400|INVALID|1 to 40",
                "acountId|planted|400|INVALID|there is no field 'acountId'",
                "state|planted|400|INVALID|not one that this server gave you",
            })
    void aBadFieldIsNamedAndItsValueIsNot(String field, String value, int status, String code, String message) {
        var rest = admin();

        var answer = rest.post("auth/callback", callback(rest).put(field, value));

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.json().getString("code")).isEqualTo(code);
        assertThat(answer.json().getString("error")).contains(message);
        assertThat(answer.body()).doesNotContain("planted").doesNotContain(TOKEN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "auth/connect|{'conector':'x'}|400|did you mean 'connector'?",
                "auth/connect|{'connector':'nobody'}|404|there is no connector 'nobody'",
                "auth/connect|{'name':7}|400|'name' must be a text",
                "auth/callback|{}|400|'state' is missing",
                "auth/callback|{'state':'x','apiToken':{'planted':1}}|400|'apiToken' must be a text",
                "auth/activate|{}|400|'name' is missing",
                "auth/activate|{'name':'none'}|404|you have no connection",
                "auth/verify|{}|409|no active connection",
                "auth/verify|{'name':'none'}|404|you have no connection",
                "auth/disconnect|{'nam':'x'}|400|did you mean 'name'?",
            })
    void requestsAreChecked(String path, String body, int status, String message) {
        var answer = admin().post(path, body.replace('\'', '"'));

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.json().getString("error")).contains(message);
        assertThat(answer.body()).doesNotContain("planted");
    }

    @Test
    void connectionsAreManagedByName() {
        var rest = admin();
        rest.post("auth/callback", callback(rest).put("name", "one"));
        rest.post("auth/callback", callback(rest).put("name", "two"));

        var activated =
                rest.post("auth/activate", new JsonObject().put("name", "one")).json();
        var verified = rest.post("auth/verify", new JsonObject()).json();
        var gone = rest.post("auth/disconnect", new JsonObject().put("name", "one"))
                .json();
        var none = rest.post("auth/disconnect", new JsonObject().put("name", "one"))
                .json();

        assertThat(activated.getJsonObject("connection").getString("name")).isEqualTo("one");
        assertThat(verified.getString("name")).isEqualTo("one");
        assertThat(gone.getBoolean("disconnected")).isTrue();
        assertThat(none.getBoolean("disconnected")).isFalse();
        var status = rest.get("auth/status").json();
        assertThat(status.getBoolean("connected")).isFalse();
        assertThat(status.getJsonArray("connections")).hasSize(1);
    }

    @Test
    void credentialsThatHaveExpiredAreNoConnection() {
        var rest = admin();

        rest.post("auth/callback", callback(rest).put("apiToken", "good_but_expired"));

        assertThat(rest.get("auth/status").json().getBoolean("connected")).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"VIEWER", "OPERATOR", "AUDITOR"})
    void onlyAdminsConnect(Role role) {
        var rest = new RestClient(server.client("user-" + role.text(), role));

        var answer = rest.post("auth/connect", new JsonObject());

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json().getString("code")).isEqualTo("REFUSED");
        assertThat(rest.get("auth/status").json().getString("role")).isEqualTo(role.text());
    }

    @Test
    void aKeyForSomeToolsDoesNotConnect() {
        var key = server.server()
                .users()
                .createWithoutPassword(Authenticator.localAdmin(), "limited", Role.ADMIN)
                .compose(made -> server.server()
                        .apiKeys()
                        .create(Authenticator.localAdmin(), "limited", "some", Optional.empty(), List.of("d1_*")))
                .await()
                .key()
                .reveal();

        var answer = new RestClient(server.client().withKey(key)).post("auth/connect", new JsonObject());

        assertThat(answer.status()).isEqualTo(403);
    }
}
