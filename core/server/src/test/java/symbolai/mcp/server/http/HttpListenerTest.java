package symbolai.mcp.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static symbolai.mcp.server.mcp.McpHouse.done;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import symbolai.mcp.server.audit.AuditLog;
import symbolai.mcp.server.audit.RefusalRecords;
import symbolai.mcp.server.config.AuditConfig;
import symbolai.mcp.server.config.AuditConfig.Durability;
import symbolai.mcp.server.config.HttpConfig;
import symbolai.mcp.server.config.IdentityConfig;
import symbolai.mcp.server.config.ServerConfig.Auth;
import symbolai.mcp.server.crypto.MasterKey;
import symbolai.mcp.server.http.page.Browser;
import symbolai.mcp.server.identity.Authentication;
import symbolai.mcp.server.identity.Authenticator;
import symbolai.mcp.server.identity.Changes;
import symbolai.mcp.server.identity.CsrfTokens;
import symbolai.mcp.server.identity.EndedSignIns;
import symbolai.mcp.server.identity.KeyRing;
import symbolai.mcp.server.identity.LastUse;
import symbolai.mcp.server.identity.PasswordGate;
import symbolai.mcp.server.identity.Passwords;
import symbolai.mcp.server.identity.Revocations;
import symbolai.mcp.server.identity.SignInLog;
import symbolai.mcp.server.identity.SignIns;
import symbolai.mcp.server.identity.Users;
import symbolai.mcp.server.mcp.McpHouse;
import symbolai.mcp.server.mcp.ModernHttp;
import symbolai.mcp.server.ops.Health;
import symbolai.mcp.server.store.Database;
import symbolai.mcp.server.store.KeyStore;
import symbolai.mcp.server.store.SignInStore;
import symbolai.mcp.server.store.UserStore;

class HttpListenerTest {

    private McpHouse house;
    private HttpListener listener;

    @BeforeEach
    void listen(@TempDir Path folder) {
        house = new McpHouse(folder);
        var vertx = house.vertx;
        var database = new Database(vertx, folder.resolve("unused.db"));
        var keys = new KeyStore(database);
        var keyRing = new KeyRing(new UserStore(database), keys, new Revocations(Clock.systemUTC()));
        var config = new HttpConfig("127.0.0.1", 0, Optional.empty(), List.of(), List.of(), true, 1024);
        var clock = Clock.systemUTC();
        var users = new UserStore(database);
        var passwords = new Passwords(vertx);
        var audit = new AuditLog(vertx, folder, new AuditConfig(Durability.QUEUED));
        var refusals = new RefusalRecords(vertx, audit, clock);
        var signInLog = new SignInLog(audit, refusals, clock);
        var ended = new EndedSignIns(signInLog, new Revocations(clock));
        var signIns = new SignIns(
                new SignInStore(database),
                new Users(users, passwords, keyRing, ended, new Changes(audit, clock), clock),
                new PasswordGate(users, passwords, clock),
                passwords,
                signInLog,
                ended,
                IdentityConfig.DEFAULT,
                clock);
        var signer = MasterKey.of(new byte[MasterKey.LENGTH]).signer("test");
        listener = new HttpListener(
                vertx,
                config,
                new Sites(config),
                false,
                new Authenticator(
                        Auth.KEYS, HttpListenerTest::noTokens, keyRing, new LastUse(vertx, keys), Clock.systemUTC()),
                refusals,
                new Revocations(Clock.systemUTC()),
                house.legacy,
                new ModernHttp(house.modern),
                house.rest,
                new Health("test", "1", () -> false, Optional::empty),
                new Browser(signIns, Auth.KEYS, config, new CsrfTokens(signer), signer, clock),
                List.of(),
                new AddressGate(List.of(), refusals));
        done(listener.start());
    }

    @AfterEach
    void leave() {
        done(listener.close(0));
        house.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/mcp/sse", "/api/mcp", "/mcp"})
    void whileTheServerStartsClientsAreAskedToComeAgain(String path) {
        var early = get(path);
        listener.open();
        var later = get(path);

        assertThat(early.statusCode()).isEqualTo(503);
        assertThat(early.getHeader("Retry-After")).isEqualTo("1");
        assertThat(early.getHeader("WWW-Authenticate")).isNull();
        assertThat(later.statusCode()).isEqualTo(401);
    }

    /** The lookup is that of a server whose database does not answer. */
    @ParameterizedTest
    @ValueSource(strings = {"/api/mcp/sse", "/mcp", "/api/mcp/auth/status", "/api/mcp/users/list"})
    void aTokenThatCannotBeLookedUpLetsNobodyIn(String path) {
        listener.open();

        var answer = get(path, "smcpt_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLM");

        assertThat(answer.statusCode()).isEqualTo(500);
    }

    private static Future<Authentication> noTokens(String token, String origin, String address) {
        return Future.failedFuture(new IllegalStateException("the database is closed"));
    }

    private HttpClientResponse get(String path) {
        return get(path, "a-key-that-is-not-known-yet");
    }

    private HttpClientResponse get(String path, String credential) {
        var options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost("127.0.0.1")
                .setPort(listener.port())
                .setURI(path)
                .putHeader("Authorization", "Bearer " + credential);
        Promise<HttpClientResponse> answered = Promise.promise();
        // On the event loop from the first step on: elsewhere a body may have passed before it is asked for.
        var client = house.vertx.createHttpClient();
        house.vertx.runOnContext(on -> client.request(options)
                .compose(HttpClientRequest::send)
                .compose(answer -> answer.body().map(answer))
                .onComplete(answered));
        var answer = done(answered.future());
        done(client.close());
        return answer;
    }
}
