package symbolai.mcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import symbolai.mcp.api.CallLog;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.Schemas;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolCall;
import symbolai.mcp.api.ToolOutcome;
import symbolai.mcp.api.ToolResult;
import symbolai.mcp.server.config.AuditConfig;
import symbolai.mcp.server.config.AuditConfig.Durability;
import symbolai.mcp.server.identity.Authenticator;

/** Security row 5: many callers at once who all use the same id of JSON-RPC, in two eras, as answers and as streams. */
class ManyCallersTest {

    private static final int USERS = 500;
    private static final int ROUNDS = Boolean.getBoolean("long") ? 20 : 1;
    /** Of each user, without waiting for an answer; half of them are answered with a stream. */
    private static final int AT_ONCE = 20;

    private static final Pattern CANARY = Pattern.compile("canary-[0-9]+-of-[0-9]+");

    @TempDir
    static Path folder;

    private static Vertx vertx;
    private static TestServer server;

    /** One user with one connection. */
    private record User(int number, String key, HttpClient http) {}

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        server = TestServer.start(
                folder,
                List.of(),
                config -> ConfigChange.of(config)
                        .audit(new AuditConfig(Durability.QUEUED))
                        .config());
        new Probe(server)
                .publish(Tool.named("probe_canary")
                        .description("Probes.")
                        .input(Schemas.object()
                                .required("canary", Schemas.string("Comes back."))
                                .build())
                        .handler(ManyCallersTest::echo));
    }

    @AfterAll
    static void stop() {
        server.close();
        vertx.close().await();
    }

    /** Says twice what it was given, and not in the order in which it was asked. */
    private static Future<ToolOutcome> echo(ToolCall call) {
        var canary = call.arguments().getString("canary");
        var done = Promise.<ToolOutcome>promise();
        Vertx.currentContext().owner().setTimer(ThreadLocalRandom.current().nextInt(1, 10), fired -> {
            call.log().log(CallLog.Level.INFO, canary);
            done.complete(ToolResult.text(call.caller().name() + " " + canary));
        });
        return done.future();
    }

    @Test
    void row5NobodyIsAnsweredWithWhatIsAnothers() {
        var users = await(Future.join(
                IntStream.range(0, USERS).mapToObj(ManyCallersTest::user).toList()));
        var streams = new AtomicInteger();

        var all = users.<User>list().stream()
                .map(user -> rounds(user, ROUNDS, streams))
                .toList();

        assertThat(await(Future.join(all)).<Integer>list()).containsOnly(ROUNDS * AT_ONCE);
        assertThat(streams).hasValue(USERS * ROUNDS * AT_ONCE / 2);
    }

    private static Future<User> user(int number) {
        var name = "user-" + number;
        return server.server()
                .users()
                .createWithoutPassword(Authenticator.localAdmin(), name, Role.ADMIN)
                .compose(made -> server.server()
                        .apiKeys()
                        .create(Authenticator.localAdmin(), name, "test", Optional.empty(), List.of()))
                .map(made -> new User(number, made.key().reveal(), oneConnection()));
    }

    private static HttpClient oneConnection() {
        return vertx.createHttpClient(
                new HttpClientOptions()
                        .setDefaultHost("127.0.0.1")
                        .setDefaultPort(server.server().port())
                        .setPipelining(true)
                        .setPipeliningLimit(AT_ONCE),
                new PoolOptions().setHttp1MaxSize(1));
    }

    /** How many calls were answered, all of them rightly. */
    private static Future<Integer> rounds(User user, int left, AtomicInteger streams) {
        if (left == 0) {
            return user.http().close().map(0);
        }
        var calls = IntStream.range(0, AT_ONCE)
                .mapToObj(call -> call(user, left * AT_ONCE + call, call % 2 == 0, streams))
                .toList();
        return Future.join(calls)
                .compose(done -> rounds(user, left - 1, streams).map(rest -> rest + AT_ONCE));
    }

    private static Future<Void> call(User user, int call, boolean streamed, AtomicInteger streams) {
        var canary = "canary-" + call + "-of-" + user.number();
        return user.http()
                .request(head(user))
                .compose(request -> request.send(body(canary, streamed).toBuffer()))
                .compose(response -> response.body().map(bytes -> {
                    var text = bytes.toString();
                    assertThat(response.statusCode()).as(text).isEqualTo(200);
                    assertThat(text).contains("\"id\":1", "user-" + user.number() + " " + canary);
                    assertThat(CANARY.matcher(text).results())
                            .allMatch(found -> found.group().equals(canary));
                    streams.addAndGet(text.contains("notifications/message") ? 1 : 0);
                    return null;
                }));
    }

    private static RequestOptions head(User user) {
        return new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setURI("/mcp")
                .putHeader("Authorization", "Bearer " + user.key())
                .putHeader("Content-Type", "application/json")
                .putHeader("Accept", "application/json, text/event-stream")
                .putHeader("MCP-Protocol-Version", "2026-07-28")
                .putHeader("Mcp-Method", "tools/call")
                .putHeader("Mcp-Name", "probe_canary");
    }

    private static JsonObject body(String canary, boolean streamed) {
        var meta = new JsonObject()
                .put("io.modelcontextprotocol/protocolVersion", "2026-07-28")
                .put("io.modelcontextprotocol/clientCapabilities", new JsonObject())
                .put(
                        "io.modelcontextprotocol/clientInfo",
                        new JsonObject().put("name", "many").put("version", "1"));
        if (streamed) {
            meta.put("io.modelcontextprotocol/logLevel", "info");
        }
        return new JsonObject()
                .put("jsonrpc", "2.0")
                .put("id", 1)
                .put("method", "tools/call")
                .put(
                        "params",
                        new JsonObject()
                                .put("name", "probe_canary")
                                .put("arguments", new JsonObject().put("canary", canary))
                                .put("_meta", meta));
    }

    private static <T> T await(Future<T> future) {
        return future.timeout(Boolean.getBoolean("long") ? 1200 : 120, TimeUnit.SECONDS)
                .await();
    }
}
