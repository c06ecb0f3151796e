package symbolai.mcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.Secret;
import symbolai.mcp.server.identity.Authenticator;

/** One call that needs an approval, through each door. */
class ApprovalDoorsTest {

    private static final String TOOL = "test_simple_text";
    private static final String RESULT = "This is a simple text response for testing.";
    private static final JsonObject PAGES =
            new JsonObject().put("elicitation", new JsonObject().put("url", new JsonObject()));
    private static final JsonObject ACCEPTED = new JsonObject().put("action", "accept");
    private static final String PASSWORD = "seven small stones";

    @TempDir
    Path folder;

    private TestServer server;
    private String botKey;
    private String adminKey;
    private FormBrowser eva;

    @BeforeEach
    void start() {
        server = TestServer.start(folder);
        botKey = server.key("bot", Role.ADMIN);
        adminKey = server.key("eva", Role.ADMIN);
        eva = person("eva");
        var rule = new JsonObject().put("id", "ask").put("effect", "approve").put("users", JsonArray.of("bot"));
        assertThat(admin().post("policy/add", new JsonObject().put("rule", rule))
                        .status())
                .isEqualTo(200);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aStatelessClientIsAskedAndComesBack() {
        var session = new ModernSession(bot(), PAGES);
        var asked = session.call(TOOL, new JsonObject()).result();
        assertThat(asked.getString("resultType")).isEqualTo("input_required");
        var question =
                asked.getJsonObject("inputRequests").getJsonObject("approval").getJsonObject("params");
        assertThat(question.getString("url")).endsWith("/approvals/" + waiting());

        var early = session.send("tools/call", again(asked)).result();
        assertThat(early.getString("resultType")).isEqualTo("input_required");
        grant(waiting());
        var done = session.send("tools/call", again(early)).result();

        assertThat(text(done)).isEqualTo(RESULT);
    }

    @Test
    void row4AStateOfSomebodyElseIsRefused() {
        var asked = new ModernSession(bot(), PAGES).call(TOOL, new JsonObject()).result();
        grant(waiting());

        var foreign = new ModernSession(server.client().withKey(adminKey), PAGES).send("tools/call", again(asked));

        assertThat(foreign.error().getInteger("code")).isEqualTo(-32602);
    }

    @Test
    void aRestartBetweenTheQuestionAndTheAnswerLosesNothing() {
        var asked = new ModernSession(bot(), PAGES).call(TOOL, new JsonObject()).result();
        server.restart();
        grant(waiting());
        server.restart();

        var done =
                new ModernSession(bot(), PAGES).send("tools/call", again(asked)).result();

        assertThat(text(done)).isEqualTo(RESULT);
    }

    @Test
    void theCallOfAClientThatIsAskedInTheMiddleGoesOnByItself() {
        var session = LegacySession.open(bot(), "2025-11-25", PAGES);
        try (var stream =
                session.stream("tools/call", new JsonObject().put("name", TOOL).put("arguments", new JsonObject()))) {
            var question = request(stream);
            var params = question.getJsonObject("params");
            assertThat(params.getString("url")).endsWith("/approvals/" + waiting());
            session.answer(question.getValue("id"), ACCEPTED);

            grant(waiting());

            var complete = stream.notification("notifications/elicitation/complete");
            assertThat(complete.getJsonObject("params").getString("elicitationId"))
                    .isEqualTo(params.getString("elicitationId"));
            assertThat(text(stream.response().getJsonObject("result"))).isEqualTo(RESULT);
        }
    }

    @Test
    void aClientThatTakesNoStreamIsToldToOpenThePageAndHearsWhenItIsDone() {
        var session = LegacySession.open(bot(), "2025-11-25", PAGES);
        try (var own = session.open();
                var others = LegacySession.open(bot(), "2025-11-25", PAGES).open()) {
            var json = session.client().with("Accept", "application/json");
            var told = json.post(json.message(
                    "tools/call", new JsonObject().put("name", TOOL).put("arguments", new JsonObject())));
            var page = told.error()
                    .getJsonObject("data")
                    .getJsonArray("elicitations")
                    .getJsonObject(0);

            grant(waiting());

            assertThat(told.error().getInteger("code")).isEqualTo(-32042);
            var complete = own.notification("notifications/elicitation/complete");
            assertThat(complete.getJsonObject("params").getMap())
                    .containsExactly(Map.entry("elicitationId", page.getString("elicitationId")));
            assertThat(text(session.call(TOOL, new JsonObject()).result())).isEqualTo(RESULT);
            assertThat(others.waiting("notifications/elicitation/complete")).isZero();
        }
    }

    @Test
    void anOldClientIsToldAndMakesTheCallAgain() {
        for (var version : List.of("2025-03-26", "2025-06-18")) {
            var session = LegacySession.open(bot(), version, PAGES);

            var told = session.call(TOOL, new JsonObject()).result();
            assertThat(told.getBoolean("isError")).isTrue();
            assertThat(text(told)).contains("/approvals/" + waiting()).contains("Make the same call again");
            grant(waiting());

            assertThat(text(session.call(TOOL, new JsonObject()).result())).isEqualTo(RESULT);
        }
    }

    @Test
    void aDenialReachesTheModel() {
        var session = new ModernSession(bot(), PAGES);
        var asked = session.call(TOOL, new JsonObject()).result();
        var denial = new JsonObject().put("id", waiting()).put("reason", "not today");
        assertThat(decide(eva, "deny", denial)).isEqualTo("denied");

        var denied = session.send("tools/call", again(asked)).result();

        assertThat(denied.getBoolean("isError")).isTrue();
        assertThat(text(denied)).contains("eva said: not today");
    }

    @Test
    void row40ARetryWithLessRightsIsRefused() {
        var asked = new ModernSession(bot(), PAGES).call(TOOL, new JsonObject()).result();
        var id = waiting();
        grant(id);
        server.server()
                .users()
                .setRole(Authenticator.localAdmin(), "bot", Role.VIEWER)
                .await();

        var refused =
                new ModernSession(bot(), PAGES).send("tools/call", again(asked)).result();

        assertThat(text(refused)).contains("you may not call");
        assertThat(admin().get("approvals/show?id=" + id).json().getString("state"))
                .isEqualTo("granted");
    }

    @Test
    void aRuleMayNameWhoApprovesAndAskForTwo() {
        var rule = new JsonObject()
                .put("id", "ask")
                .put("effect", "approve")
                .put("users", JsonArray.of("bot"))
                .put("approverRoles", JsonArray.of("operator"))
                .put("approvals", 2);
        assertThat(admin().post("policy/update", new JsonObject().put("rule", rule))
                        .status())
                .isEqualTo(200);
        server.key("dan", Role.OPERATOR);
        new ModernSession(bot(), PAGES).call(TOOL, new JsonObject());
        var id = new JsonObject().put("id", waiting());

        var once = decide(person("dan"), "grant", id);
        var twice = decide(eva, "grant", id);

        assertThat(once).isEqualTo("requested");
        assertThat(twice).isEqualTo("granted");
        assertThat(text(new ModernSession(bot(), PAGES)
                        .call(TOOL, new JsonObject())
                        .result()))
                .isEqualTo(RESULT);
    }

    @Test
    void row40WhoLosesTheRoleWhileItWaitsIsRefused() {
        var session = LegacySession.open(bot(), "2025-11-25", PAGES);
        try (var stream =
                session.stream("tools/call", new JsonObject().put("name", TOOL).put("arguments", new JsonObject()))) {
            var question = request(stream);
            session.answer(question.getValue("id"), ACCEPTED);
            var id = waiting();
            server.server()
                    .users()
                    .setRole(Authenticator.localAdmin(), "bot", Role.VIEWER)
                    .await();

            grant(id);

            stream.awaitEnd();
            assertThat(admin().get("approvals/show?id=" + id).json().getString("state"))
                    .isEqualTo("granted");
        }
    }

    @Test
    void thoseWhoHaveNothingToDoWithItDoNotLearnOfIt() {
        new ModernSession(bot(), PAGES).call(TOOL, new JsonObject());
        var id = waiting();
        var other = new RestClient(server.client("dan", Role.OPERATOR));

        assertThat(other.get("approvals/list").json().getInteger("count")).isZero();
        assertThat(other.get("approvals/show?id=" + id).status()).isEqualTo(404);
        assertThat(other.post("approvals/grant", new JsonObject().put("id", id)).status())
                .isEqualTo(404);
        assertThat(new RestClient(bot()).get("approvals/show?id=" + id).json().getBoolean("mayDecide"))
                .isFalse();
        assertThat(new RestClient(bot())
                        .post("approvals/grant", new JsonObject().put("id", id))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void anApiKeyDecidesNothing() {
        new ModernSession(bot(), PAGES).call(TOOL, new JsonObject());
        var id = new JsonObject().put("id", waiting()).put("reason", "no");

        var granted = admin().post("approvals/grant", new JsonObject().put("id", waiting()));
        var denied = admin().post("approvals/deny", id);

        assertThat(List.of(granted.status(), denied.status())).containsOnly(403);
        assertThat(granted.json().getString("error")).contains("sign in and open /approvals");
        assertThat(admin().get("approvals/show?id=" + waiting()).json().getBoolean("mayDecide"))
                .isFalse();
    }

    @Test
    void thePageIsForThoseWhoDecide() {
        server.server()
                .users()
                .create(Authenticator.localAdmin(), "dan", Role.OPERATOR, new Secret(PASSWORD))
                .await();
        new ModernSession(bot(), PAGES).call(TOOL, new JsonObject());
        var id = waiting();

        var stranger = new FormBrowser(server);
        stranger.open("/approvals/" + id);
        assertThat(stranger.path()).startsWith("/sign-in");
        var dan = new FormBrowser(server);
        dan.signIn("dan", PASSWORD);
        assertThat(dan.open("/approvals/" + id).status()).isEqualTo(404);

        assertThat(eva.open("/approvals").body()).contains("bot wants to call test_simple_text");
        var page = eva.open("/approvals/" + id);
        assertThat(page.body())
                .contains("Approve this call?")
                .contains("waiting for a decision")
                .contains("Approve once");
        assertThat(eva.submit(Map.of("decision", "deny", "note", "")).body()).contains("A denial needs a reason");
        eva.open("/approvals/" + id);
        var granted = eva.submit(Map.of("decision", "grant", "note", "<b>fine\u202e</b>"));

        assertThat(granted.body()).contains("approved, not made yet").contains("&lt;b&gt;fine\\u{00202E}&lt;/b&gt;");
        assertThat(text(new ModernSession(bot(), PAGES)
                        .call(TOOL, new JsonObject())
                        .result()))
                .isEqualTo(RESULT);
    }

    private static JsonObject request(EventStream stream) {
        return stream.next(event -> event.data().contains("elicitation/create")).json();
    }

    private McpClient bot() {
        return server.client().withKey(botKey);
    }

    private RestClient admin() {
        return new RestClient(server.client().withKey(adminKey));
    }

    /** The one request that waits. */
    private String waiting() {
        var all = admin().get("approvals/list?state=requested").json().getJsonArray("approvals");
        assertThat(all).hasSize(1);
        return all.getJsonObject(0).getString("id");
    }

    private void grant(String id) {
        assertThat(decide(eva, "grant", new JsonObject().put("id", id))).isEqualTo("granted");
    }

    private static String decide(FormBrowser person, String decision, JsonObject body) {
        return person.rest(HttpMethod.POST, "approvals/" + decision, body)
                .json()
                .getString("state");
    }

    /** A browser in which the user has signed in. */
    private FormBrowser person(String user) {
        server.server()
                .users()
                .resetPassword(Authenticator.localAdmin(), user, new Secret(PASSWORD))
                .await();
        var browser = new FormBrowser(server);
        browser.signIn(user, PASSWORD);
        return browser;
    }

    private static JsonObject again(JsonObject asked) {
        return new JsonObject()
                .put("name", TOOL)
                .put("arguments", new JsonObject())
                .put("inputResponses", new JsonObject().put("approval", ACCEPTED))
                .put("requestState", asked.getString("requestState"));
    }

    private static String text(JsonObject result) {
        return result.getJsonArray("content").getJsonObject(0).getString("text");
    }
}
