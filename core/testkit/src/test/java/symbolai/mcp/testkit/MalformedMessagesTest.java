package symbolai.mcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Security rows 22 and 23: the table of malformed messages, in every era over HTTP. */
class MalformedMessagesTest {

    private static final Path TABLE = Path.of(
            System.getProperty("project.root", "../.."), "core/server/src/test/resources/malformed-messages.jsonl");

    @TempDir
    static Path folder;

    private static TestServer server;
    private static EventStream stream;
    private static List<McpClient> eras;

    @BeforeAll
    static void start() {
        server = TestServer.open(folder);
        var client = server.client();
        stream = client.open();
        eras = List.of(
                client,
                client.with("MCP-Protocol-Version", "2026-07-28").with("Mcp-Method", "ping"),
                LegacySession.open(client, "2025-11-25").client(),
                LegacySession.open(client, "2025-06-18").client(),
                LegacySession.open(client, "2025-03-26").client(),
                client.at(stream.next().data()));
    }

    @AfterAll
    static void stop() {
        stream.close();
        server.close();
    }

    static List<JsonObject> table() throws IOException {
        return Files.readAllLines(TABLE).stream().map(JsonObject::new).toList();
    }

    @ParameterizedTest
    @MethodSource("table")
    void row22And23AMalformedMessageHasAnExactAnswer(JsonObject row) {
        var body = bytes(row);
        for (int i = 0; i < eras.size(); i++) {
            var answer = eras.get(i).post(body);

            assertThat(answer.status()).as(row.getString("why") + ", era " + i).isEqualTo(400);
            assertThat(answer.header("content-type")).isEqualTo("application/json");
            assertThat(answer.errorCode()).isEqualTo(row.getInteger("code"));
            assertThat(answer.json().getValue("id")).isEqualTo(row.getValue("id"));
        }
    }

    @Test
    void theServerStillServes() {
        assertThat(server.client().at("/livez").send(HttpMethod.GET).status()).isEqualTo(200);
    }

    private static Buffer bytes(JsonObject row) {
        if (row.containsKey("base64")) {
            return Buffer.buffer(Base64.getDecoder().decode(row.getString("base64")));
        }
        var repeat = row.getJsonArray("repeat", new JsonArray().add("").add(0).add(""));
        int times = repeat.getInteger(1);
        return Buffer.buffer(row.getString("text")
                .replace("{*}", repeat.getString(0).repeat(times))
                .replace("{/*}", repeat.getString(2).repeat(times)));
    }
}
