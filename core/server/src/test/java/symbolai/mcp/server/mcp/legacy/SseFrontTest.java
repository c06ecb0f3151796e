package symbolai.mcp.server.mcp.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Credential;
import symbolai.mcp.api.Role;
import symbolai.mcp.server.mcp.McpHouse;

class SseFrontTest {

    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}";

    @TempDir
    Path folder;

    private McpHouse house;
    private FakeClient client;

    @BeforeEach
    void open() {
        house = new McpHouse(folder);
        client = new FakeClient(house, McpHouse.caller("ada"));
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void pitfall17TheEndpointComesFirstAndKnowsThePrefix() {
        var stream = client.get();

        assertThat(stream.status()).isEqualTo(200);
        assertThat(stream.events.events.get(0).event()).contains("endpoint");
        assertThat(stream.events.data().get(0)).matches("/proxy/api/mcp/sse\\?sessionId=[A-Za-z0-9_-]{43}");
    }

    @Test
    void repliesAreMessagesOfTheStream() {
        var stream = begun("2024-11-05");

        var accepted =
                client.send("tools/call", new JsonObject("{\"name\":\"house_echo\",\"arguments\":{\"text\":\"hi\"}}"));

        assertThat(accepted.status()).isEqualTo(202);
        assertThat(accepted.body).isEmpty();
        await().until(() -> stream.events.messages().size() == 2);
        assertThat(stream.events.events.get(2).event()).isEqualTo(Optional.of("message"));
        assertThat(stream.events.messages().get(1).encode()).contains("\"hi\"");
    }

    @ParameterizedTest
    @CsvSource({"2024-11-05, 2024-11-05", "2025-06-18, 2025-06-18", "2026-07-28, 2025-11-25", "2031-01-01, 2025-11-25"})
    void pitfall18VersionsAreCounterOfferedHereToo(String requested, String agreed) {
        var stream = begun(requested);

        assertThat(stream.events.messages().get(0).getJsonObject("result").getString("protocolVersion"))
                .isEqualTo(agreed);
    }

    @Test
    void pitfall19BeforeInitializeOnlyPingIsAnswered() {
        var stream = client.get();
        client.sendTo(sessionId(stream));

        client.post(PING);
        client.post("{\"jsonrpc\":\"2.0\",\"id\":8,\"method\":\"server/discover\"}");
        client.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");

        await().until(() -> stream.events.messages().size() == 2);
        assertThat(stream.events.messages().get(0).getJsonObject("result")).isEqualTo(new JsonObject());
        assertThat(stream.events.messages().get(1).getJsonObject("error").getInteger("code"))
                .isEqualTo(-32600);
        assertThat(stream.events.isOpen()).isTrue();
    }

    @Test
    void row4AnotherCallersStreamIsNotFoundAndThatIsNoted() {
        var foreign = new ArrayList<Caller>();
        house.legacy.onForeign(foreign::add);
        var stream = begun("2024-11-05");
        var eve = new FakeClient(house, McpHouse.caller("eve"));
        eve.sendTo(sessionId(stream));
        client.sendTo("guessed");

        assertThat(eve.post(PING).status()).isEqualTo(404);
        assertThat(client.post(PING).status()).isEqualTo(404);
        assertThat(client.post(PING).errorCode()).contains(-32000);
        assertThat(foreign).extracting(Caller::id).containsExactly("eve");
    }

    @Test
    void row4RightsAreThoseOfTheMessageAndNotOfTheStream() {
        var stream = begun("2024-11-05");
        var demoted = new FakeClient(house, new Caller("ada", "ada", Role.VIEWER, Credential.LOCAL, "local"));
        demoted.sendTo(sessionId(stream));

        demoted.call("house_echo");

        await().until(() -> stream.events.messages().size() == 2);
        var result = stream.events.messages().get(1).getJsonObject("result");
        assertThat(result.getBoolean("isError")).isTrue();
        assertThat(result.encode()).contains("viewers change nothing");
    }

    @Test
    void theEndOfTheStreamIsTheEndOfTheSession() {
        var stream = begun("2024-11-05");
        client.call("house_wait");
        await().until(() -> house.tools.waiting.get() == 1);

        stream.events.end();

        await().until(() -> house.tools.cancelled.get() == 1);
        assertThat(client.post(PING).status()).isEqualTo(404);
        assertThat(house.legacy.inMemory()).isZero();
    }

    @Test
    void aProbeIsReaped() {
        var probe = client.get();
        var used = begun("2024-11-05");

        house.clock.advance(SseFront.PROBE.plusSeconds(1));
        house.legacy.tick();

        assertThat(probe.events.isOpen()).isFalse();
        assertThat(used.events.isOpen()).isTrue();
        assertThat(house.legacy.inMemory()).isEqualTo(1);
    }

    @Test
    void aCallerMayHaveManyStreamsButNotAllOfThem() {
        for (var i = 0; i < 64; i++) {
            begun("2024-11-05");
        }

        assertThat(new FakeClient(house, McpHouse.caller("ada")).get().status()).isEqualTo(429);
        assertThat(new FakeClient(house, McpHouse.caller("eve")).get().status()).isEqualTo(200);
    }

    @Test
    void aProbeMakesRoomForAnother() {
        for (var i = 0; i < 63; i++) {
            begun("2024-11-05");
        }
        var probe = new FakeClient(house, McpHouse.caller("ada")).get();

        var next = new FakeClient(house, McpHouse.caller("ada")).get();

        assertThat(next.status()).isEqualTo(200);
        assertThat(probe.events.isOpen()).isFalse();
    }

    @Test
    void changesAreToldAndQuestionsAreAsked() {
        var stream = client.get();
        client.sendTo(sessionId(stream));
        client.begin("2025-06-18", "{\"elicitation\":{}}");
        house.catalogs.resourceUpdated("test://nobody-asked");
        client.send("resources/subscribe", new JsonObject().put("uri", "test://a"));
        house.catalogs.resourceUpdated("test://a");
        client.call("house_ask");

        await().until(() -> stream.events.methods().size() == 2);
        var question = stream.events.messages().get(stream.events.messages().size() - 1);
        client.answer(question.getValue("id"), "{\"action\":\"accept\",\"content\":{\"name\":\"Ada\"}}");

        await().until(() -> stream.events
                .messages()
                .get(stream.events.messages().size() - 1)
                .containsKey("result"));
        assertThat(stream.events.methods()).containsExactly("notifications/resources/updated", "elicitation/create");
    }

    @Test
    void batchesExistOnlyInTheirVersion() {
        begun("2024-11-05");
        assertThat(client.post("[" + PING + "]").status()).isEqualTo(400);

        var stream = begun("2025-03-26");
        assertThat(client.post("[" + PING + "," + PING.replace("7", "8") + "]").status())
                .isEqualTo(202);

        await().until(() -> stream.events.data().size() == 3);
        assertThat(stream.events.data().get(2)).startsWith("[{").endsWith("}]");
    }

    private FakeReply begun(String version) {
        client = new FakeClient(house, McpHouse.caller("ada"));
        var stream = client.get();
        client.sendTo(sessionId(stream));
        client.begin(version, "{}");
        await().until(() -> stream.events.messages().size() == 1);
        return stream;
    }

    private static String sessionId(FakeReply stream) {
        return stream.events.data().get(0).replaceAll(".*sessionId=", "");
    }
}
