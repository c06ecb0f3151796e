package symbolai.mcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import symbolai.mcp.api.RestBinding;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolAnnotations;
import symbolai.mcp.api.ToolOutcome;
import symbolai.mcp.api.ToolResult;
import symbolai.mcp.api.Working;
import symbolai.mcp.server.config.LimitsConfig;
import symbolai.mcp.server.identity.Authenticator;

/** The policy over HTTP: who sees and calls what, and who may change that. */
class PolicyOverHttpTest {

    @TempDir
    static Path folder;

    private static final Duration SOON = Duration.ofSeconds(5);

    private static TestServer server;
    private static RestClient admin;
    private static volatile CountDownLatch entered;

    @BeforeAll
    static void start() {
        server = TestServer.start(
                folder,
                List.of(),
                config -> ConfigChange.of(config)
                        .limits(new LimitsConfig(0, 0, 0, Map.of("probe_rare", 1), List.of()))
                        .config());
        admin = new RestClient(server.admin());
        new Probe(server)
                .publish(
                        tool("probe_read", ToolAnnotations.READ_ONLY),
                        tool("probe_rare", ToolAnnotations.READ_ONLY),
                        tool("probe_write", ToolAnnotations.DESTRUCTIVE),
                        holding(
                                "probe_inside",
                                ToolAnnotations.READ_ONLY,
                                Promise.<ToolOutcome>promise().future()),
                        holding(
                                "probe_alters",
                                ToolAnnotations.DESTRUCTIVE,
                                Promise.<ToolOutcome>promise().future()),
                        holding(
                                "probe_waits",
                                ToolAnnotations.READ_ONLY,
                                Future.succeededFuture(new Working(new JsonObject(), Duration.ofSeconds(1), "waits"))));
    }

    private static Tool holding(String name, ToolAnnotations annotations, Future<ToolOutcome> outcome) {
        return Tool.named(name)
                .description("Takes its time.")
                .annotations(annotations)
                .handler(call -> {
                    entered.countDown();
                    return outcome;
                });
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Tool tool(String name, ToolAnnotations annotations) {
        return Tool.named(name)
                .description("Probes.")
                .annotations(annotations)
                .rest(
                        annotations.readOnly()
                                ? RestBinding.get("probe/" + name.substring(6))
                                : RestBinding.post("probe/" + name.substring(6)))
                .handler(call -> Future.succeededFuture(ToolResult.text("done")));
    }

    @Test
    void aRuleOpensAToolAtOnceAndListsAndStreamsSaySo() {
        var client = server.client("vera", Role.VIEWER);
        var viewer = new ModernSession(client);
        assertThat(listed(viewer)).isEmpty();
        try (var stream = viewer.stream(
                "subscriptions/listen",
                new JsonObject().put("notifications", new JsonObject().put("toolsListChanged", true)))) {
            stream.notification("notifications/subscriptions/acknowledged");

            add(
                    new JsonObject(
                            "{\"id\": \"vera\", \"effect\": \"allow\", \"users\": [\"vera\"], \"tools\": [\"probe_read\", \"probe_write\"]}"));

            assertThat(stream.notification("notifications/tools/list_changed")).isNotNull();
        }
        assertThat(listed(viewer)).containsExactly("probe_read");
        assertThat(viewer.call("probe_read", new JsonObject()).result().getBoolean("isError", false))
                .isFalse();
        assertThat(viewer.call("probe_write", new JsonObject()).result().encode())
                .contains("viewers change nothing");
        assertThat(new RestClient(client).get("probe/read").status()).isEqualTo(200);
        assertThat(new RestClient(client).get("probe/rare").status()).isEqualTo(403);

        remove("vera");

        assertThat(listed(viewer)).isEmpty();
        assertThat(viewer.call("probe_read", new JsonObject()).result().encode())
                .contains("you may not call probe_read: no rule opens it to you, and you are a viewer");
    }

    @Test
    void nothingRelaxesTheReadOnlySwitch() {
        var session = new ModernSession(server.admin());
        assertThat(post("policy/read-only", new JsonObject().put("on", true)).status())
                .isEqualTo(200);
        add(new JsonObject("{\"id\": \"all\", \"effect\": \"allow\"}"));

        var refused = session.call("probe_write", new JsonObject());
        assertThat(listed(session)).doesNotContain("probe_write");
        post("policy/read-only", new JsonObject().put("on", false));
        remove("all");

        assertThat(refused.result().encode()).contains("an admin has switched the server to read-only");
        assertThat(session.call("probe_write", new JsonObject()).result().getBoolean("isError", false))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"probe_inside", "probe_waits"})
    void row40ACallEndsWithTheRuleThatLetItIn(String tool) throws InterruptedException {
        add(new JsonObject().put("id", "wanda").put("effect", "allow").put("users", new JsonArray().add("wanda")));

        var ended = ended(server.client("wanda", Role.VIEWER), tool, () -> remove("wanda"));

        assertThat(ended.result().encode()).contains("you may not call " + tool + " any more: no rule opens it to you");
        server.server().users().remove(Authenticator.localAdmin(), "wanda").await();
    }

    @Test
    void row40AWriteEndsWhenTheServerIsReadOnly() throws InterruptedException {
        try {
            var ended = ended(
                    server.admin(), "probe_alters", () -> post("policy/read-only", new JsonObject().put("on", true)));

            assertThat(ended.result().encode()).contains("you may not call probe_alters any more", "read-only");
        } finally {
            post("policy/read-only", new JsonObject().put("on", false));
        }
    }

    /** How a call ends that was under way when the policy changed. */
    private static HttpAnswer ended(McpClient client, String tool, Runnable change) throws InterruptedException {
        entered = new CountDownLatch(1);
        var call = new ModernSession(client)
                .sendLater("tools/call", new JsonObject().put("name", tool).put("arguments", new JsonObject()));
        assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(call.isComplete()).isFalse();

        var began = System.nanoTime();
        change.run();
        var answer = call.await();

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(SOON);
        return answer;
    }

    @Test
    void auditorsReadThePolicyAndOnlyAdminsChangeIt() {
        var auditor = new RestClient(server.client("otto", Role.AUDITOR));
        var operator = new RestClient(server.client("olga", Role.OPERATOR));
        var rule = new JsonObject()
                .put("rule", new JsonObject("{\"id\": \"mine\", \"effect\": \"allow\", \"users\": [\"olga\"]}"));

        assertThat(auditor.get("policy/rules").json().getInteger("count")).isGreaterThanOrEqualTo(2);
        assertThat(auditor.get("policy/history").status()).isEqualTo(200);
        assertThat(auditor.post("policy/explain", new JsonObject("{\"user\": \"olga\", \"tool\": \"probe_read\"}"))
                        .json()
                        .getString("outcome"))
                .isEqualTo("refused");
        assertThat(auditor.post("policy/add", rule).status()).isEqualTo(403);
        assertThat(operator.post("policy/add", rule).status()).isEqualTo(403);
        assertThat(operator.get("policy/rules").status()).isEqualTo(403);
        assertThat(admin.post("policy/add", new JsonObject().put("rule", new JsonObject()))
                        .status())
                .isEqualTo(400);
        assertThat(admin.post("policy/remove", new JsonObject().put("id", "nothing"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aLimitIsToldWithTheTimeToTryAgain() {
        var rest = new RestClient(server.admin());
        assertThat(rest.get("probe/rare").status()).isEqualTo(200);

        var refused = rest.get("probe/rare");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 60);
        assertThat(refused.json().getString("code")).isEqualTo("RATE_LIMITED");
    }

    @Test
    void otherAddressesAreNotLetIn(@TempDir Path other) {
        try (var closed = TestServer.start(
                other,
                List.of(),
                config -> ConfigChange.of(config)
                        .limits(new LimitsConfig(0, 0, 0, Map.of(), List.of("10.0.0.0/8")))
                        .config())) {
            var answer = closed.client().post(new JsonObject());

            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.body()).contains("this server takes no requests from your address");
        }
    }

    private static List<String> listed(ModernSession session) {
        var tools = session.send("tools/list", new JsonObject()).result().getJsonArray("tools", new JsonArray());
        return tools.stream().map(tool -> ((JsonObject) tool).getString("name")).toList();
    }

    private static void add(JsonObject rule) {
        assertThat(post("policy/add", new JsonObject().put("rule", rule)).status())
                .isEqualTo(200);
    }

    private static void remove(String id) {
        assertThat(post("policy/remove", new JsonObject().put("id", id)).status())
                .isEqualTo(200);
    }

    private static HttpAnswer post(String path, JsonObject body) {
        return admin.post(path, body);
    }
}
