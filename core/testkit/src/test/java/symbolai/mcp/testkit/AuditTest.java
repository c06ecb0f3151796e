package symbolai.mcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import symbolai.mcp.api.Role;

/** The audit log of a whole server, as auditors read it. */
class AuditTest {

    private static final String[] HOSTILE = {
        "a\r\nb",
        "\u001b[31mred\u001b[0m",
        "\u202eabc",
        "\u0000\u0007\u007f\u009b",
        "\u2028\u2029\u0085",
        "{\"seq\":1}\n{\"seq\":2}",
        "=1+1",
        "\ud800"
    };

    @TempDir
    static Path folder;

    private static TestServer server;
    private static RestClient auditor;

    @BeforeAll
    static void start() {
        server = TestServer.start(folder);
        auditor = new RestClient(server.client("audrey", Role.AUDITOR));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static List<JsonObject> search(String query) {
        var answer = auditor.get("audit/search?" + query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return objects(answer.json().getJsonArray("records"));
    }

    private static List<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast).toList();
    }

    private static List<JsonObject> soon(String query, int atLeast) {
        return Awaitility.await().until(() -> search(query), found -> found.size() >= atLeast);
    }

    @Test
    void aCallIsFoundByWhoAndWhat() {
        var session = new ModernSession(server.client("ada", Role.ADMIN));
        session.call("test_simple_text", new JsonObject());

        var found = soon("event=call.outcome&tool=test_simple_*&text=ada", 1).get(0);

        assertThat(found.getString("name")).isEqualTo("ada");
        assertThat(found.getString("outcome")).isEqualTo("done");
        assertThat(found.getString("hash")).hasSize(64);
        var intent = soon("event=call.intent&tool=test_simple_text&text=ada", 1).get(0);
        assertThat(intent.getString("decision")).isEqualTo("allowed");
        assertThat(intent.getString("rule")).isNotEmpty();
        assertThat(found.getInteger("bytes")).isPositive();
    }

    @Test
    void aSearchIsItselfInTheLog() {
        search("event=nothing.*");

        var read = soon("event=audit.read&text=audrey", 1).get(0);

        assertThat(read.getString("what")).isEqualTo("search");
        assertThat(read.getString("name")).isEqualTo("audrey");
    }

    @Test
    void theNewestComeFirstAndACursorGoesOn() {
        for (int i = 0; i < 3; i++) {
            search("event=first");
        }
        soon("event=audit.read", 3);

        var first = auditor.get("audit/search?event=audit.read&limit=1").json();
        var second = auditor.get("audit/search?event=audit.read&limit=1&cursor=" + first.getString("cursor"))
                .json();

        long newest = objects(first.getJsonArray("records")).get(0).getLong("seq");
        long next = objects(second.getJsonArray("records")).get(0).getLong("seq");
        assertThat(next).isLessThan(newest);
    }

    @Test
    void changesAndTheServersLifeAreThere() {
        server.key("carl", Role.VIEWER);

        assertThat(soon("event=key.created&text=local", 1)).isNotEmpty();
        assertThat(search("event=server.started").get(0).getString("config")).hasSize(64);
        assertThat(search("event=plugin.loaded").get(0).getString("target")).isEqualTo("conformance");
    }

    @Test
    void refusedCredentialsAreThereAndAFloodIsNot() {
        var stranger = server.client().withKey("smcp_garbage").with("User-Agent", "probe/1");
        for (int i = 0; i < 60; i++) {
            assertThat(new RestClient(stranger).get("audit/search").status()).isEqualTo(401);
        }
        assertThat(new RestClient(server.client())
                        .get("audit/search?access_token=x")
                        .status())
                .isEqualTo(400);

        var inUrl = soon("event=auth.token-in-url", 1).get(0);
        var refused = search("event=auth.refused&client=probe*&limit=500");

        assertThat(inUrl.getString("address")).isEqualTo("127.0.0.1");
        assertThat(refused).isNotEmpty().hasSizeLessThanOrEqualTo(20);
        assertThat(refused.get(0).getString("reason")).isEqualTo("the key is malformed");
    }

    @Test
    void oneRecordIsShown() {
        search("event=x");
        long sequence = soon("event=audit.read", 1).get(0).getLong("seq");

        var record = auditor.get("audit/record?seq=" + sequence).json();

        assertThat(record.getLong("seq")).isEqualTo(sequence);
        assertThat(auditor.get("audit/record?seq=999999999").status()).isEqualTo(404);
    }

    @Test
    void theLogIsChecked() {
        var answer = auditor.get("audit/verify").json();

        assertThat(answer.getBoolean("intact")).as(answer.encode()).isTrue();
        assertThat(answer.getLong("records")).isGreaterThan(3);
    }

    @Test
    void anExportHasEveryRecordAndNoFormula() {
        new ModernSession(server.client("erin", Role.ADMIN)).call("=cmd()", new JsonObject());

        var lines = auditor.get("audit/export?format=jsonl");
        var csv = auditor.get("audit/export?format=csv");

        assertThat(lines.body().lines().map(line -> new JsonObject(line).getLong("seq")))
                .isSorted()
                .startsWith(1L, 2L, 3L);
        assertThat(csv.header("Content-Type")).contains("text/csv");
        assertThat(csv.body().lines().findFirst())
                .hasValueSatisfying(head -> assertThat(head).startsWith("seq,at,event,"));
        assertThat(csv.body()).contains("\"'=cmd()").doesNotContain(",\"=cmd");
        assertThat(soon("event=audit.exported", 2)).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void aReportSaysWhoHadAccessAndWhatWasDone() {
        server.key("rita", Role.OPERATOR);
        new ModernSession(server.client("sven", Role.ADMIN)).call("test_simple_text", new JsonObject());
        soon("event=call.outcome&text=sven", 1);

        var report = auditor.get("report/compliance").json();

        assertThat(objects(report.getJsonObject("hadAccess").getJsonArray("users")))
                .extracting(user -> user.getString("name"))
                .contains("rita", "sven");
        assertThat(objects(report.getJsonArray("access")))
                .extracting(record -> record.getString("event"))
                .contains("user.created", "key.created");
        assertThat(objects(report.getJsonArray("callsByTool")))
                .extracting(row -> row.getString("tool"))
                .contains("test_simple_text");
        assertThat(report.getJsonObject("chain").getBoolean("intact")).isTrue();
        assertThat(report.encode()).doesNotContain("smcp_");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "audit/search?from=yesterday | from must be a day such as",
                "audit/search?limit=501 | limit must be a whole number from 1 to 500",
                "audit/search?limit=0 | limit must be a whole number from 1 to 500",
                "audit/search?cursor=-1 | cursor must be a whole number",
                "audit/search?evnt=x | is not known; known are",
                "audit/record | seq must be the number of a record",
                "audit/record?seq=abc | seq must be the number of a record",
                "audit/export?format=xml | format must be jsonl or csv",
                "report/compliance?to=1 | to must be a day such as"
            })
    void whatIsNotRightIsSaid(String path, String message) {
        var answer = auditor.get(path);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains(message);
    }

    @Test
    void othersDoNotRead() {
        for (var role : List.of(Role.VIEWER, Role.OPERATOR)) {
            var rest = new RestClient(server.client("reader-" + role, role));
            for (var path : List.of(
                    "audit/search", "audit/record?seq=1", "audit/verify", "audit/export", "report/compliance")) {
                assertThat(rest.get(path).status()).as(role + " " + path).isEqualTo(403);
            }
        }
    }

    private static JsonObject call(String tool, String text) {
        return new JsonObject().put("name", tool).put("arguments", new JsonObject().put("text", text));
    }

    @Test
    void row4AForeignSessionIsThere() {
        var session = LegacySession.open(server.client("olga", Role.ADMIN), "2025-11-25");

        var answer = session.at(server.client("mallory", Role.ADMIN)).send("ping", new JsonObject());

        assertThat(answer.status()).isEqualTo(404);
        var record = soon("event=session.foreign", 1).get(0);
        assertThat(record.getString("name")).isEqualTo("mallory");
        assertThat(record.getString("kind")).isEqualTo("session");
    }

    /** A program with this name, and with this User-Agent where HTTP can carry it, calls a tool. */
    private static void introduce(McpClient client, String name) {
        var named = name.chars().allMatch(octet -> octet > ' ' && octet < 0x7f) && name.length() < 1_000
                ? client.with("User-Agent", name)
                : client;
        var answer = named.post(named.message(
                "initialize",
                new JsonObject()
                        .put("protocolVersion", "2025-11-25")
                        .put("capabilities", new JsonObject())
                        .put("clientInfo", new JsonObject().put("name", name).put("version", name))));
        var id = answer.header("Mcp-Session-Id");
        if (answer.status() == 200 && !id.isEmpty()) {
            var session = named.with("Mcp-Session-Id", id).with("MCP-Protocol-Version", "2025-11-25");
            session.post(session.message("tools/call", call("test_simple_text", name)));
        }
    }

    @Test
    void row31HostileTextsStayOneLineOfAscii() throws IOException {
        var hugo = server.client("hugo", Role.ADMIN);
        var session = LegacySession.open(hugo.with("User-Agent", "evil\tagent"), "2025-11-25");
        for (var text : HOSTILE) {
            session.send("tools/call", call(text, text));
            session.send("tools/call", call("test_simple_text", text));
        }
        for (var text : HostileTexts.all()) {
            session.send("tools/call", call(text, text));
            session.send("tools/call", call("test_simple_text", text));
            introduce(hugo, text);
        }
        soon("event=call.refused&text=hugo&limit=500", HOSTILE.length + 50);

        try (var files = Files.list(folder.resolve("data").resolve("audit"))) {
            for (var file :
                    files.filter(path -> path.toString().endsWith(".jsonl")).toList()) {
                var bytes = Files.readAllBytes(file);
                for (byte octet : bytes) {
                    assertThat(octet == '\n' || (octet >= 32 && octet < 127)).isTrue();
                }
                for (var line : new String(bytes, StandardCharsets.US_ASCII).split("\n")) {
                    assertThat(new JsonObject(line)).isNotNull();
                }
            }
        }
        assertThat(auditor.get("audit/verify").json().getBoolean("intact")).isTrue();
    }
}
