package symbolai.mcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import symbolai.mcp.api.RestBinding;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.Secret;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolAnnotations;
import symbolai.mcp.api.ToolOutcome;
import symbolai.mcp.server.identity.Authenticator;

/** A call that a browser waits for ends with the sign-in, within five seconds. */
class SignInRightsTest {

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String NEXT = "eight other stones";

    private static TestServer server;

    private static final Map<String, Consumer<FormBrowser>> ENDINGS = Map.of(
            "a reset password",
                    browser -> server.server()
                            .users()
                            .resetPassword(Authenticator.localAdmin(), "ada", new Secret(NEXT))
                            .await(),
            "a sign-out", browser -> browser.rest(HttpMethod.POST, "auth/sign-out", new JsonObject()),
            "a sign-out everywhere", browser -> browser.rest(HttpMethod.POST, "auth/sign-ins/end", new JsonObject()));

    @TempDir
    static Path folder;

    private static volatile CountDownLatch entered;

    @BeforeAll
    static void start() {
        server = TestServer.start(folder, List.of(), config -> config);
        server.key("root", Role.ADMIN);
        new Probe(server)
                .publish(Tool.named("probe_wait")
                        .description("Waits.")
                        .annotations(ToolAnnotations.READ_ONLY)
                        .rest(RestBinding.post("probe/wait"))
                        .handler(call -> waiting()));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Future<ToolOutcome> waiting() {
        entered.countDown();
        return Promise.<ToolOutcome>promise().future();
    }

    static Stream<String> endings() {
        return ENDINGS.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("endings")
    void row40ACallUnderWayEndsWithTheSignIn(String ending) throws InterruptedException {
        var household = new Household(server);
        household.user("ada", Role.ADMIN);
        var browser = household.browser("ada");
        entered = new CountDownLatch(1);
        var call = household.script(browser).at("/api/mcp/probe/wait").postLater(new JsonObject());
        assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();

        var began = System.nanoTime();
        ENDINGS.get(ending).accept(browser);
        var answer = call.await();

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(SOON);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("you may not call probe_wait any more");
        household.remove("ada");
    }
}
