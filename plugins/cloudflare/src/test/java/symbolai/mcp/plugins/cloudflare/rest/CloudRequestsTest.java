package symbolai.mcp.plugins.cloudflare.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.plugins.cloudflare.faults.Answer;
import symbolai.mcp.plugins.cloudflare.faults.CloudAnswers;
import symbolai.mcp.plugins.cloudflare.faults.Sample;
import symbolai.mcp.plugins.cloudflare.faults.Samples;
import symbolai.mcp.testkit.Answers;
import symbolai.mcp.testkit.FakeUpstream;

/** What each operation sends, and what it makes of the good answer. */
class CloudRequestsTest {

    private static final String DB = "/d1/database/" + Samples.DATABASE;
    private static final String KV = "/storage/kv/namespaces/" + Samples.NAMESPACE;
    private static final String TELEMETRY = "POST /workers/observability/telemetry/";

    @TempDir
    Path folder;

    static Stream<Arguments> requests() {
        return Stream.of(
                arguments("d1.list", "GET /d1/database?page=1&per_page=100&name=shop"),
                arguments("d1.get", "GET " + DB),
                arguments("d1.create", "POST /d1/database"),
                arguments("d1.delete", "DELETE " + DB),
                arguments("d1.query", "POST " + DB + "/raw"),
                arguments("d1.export", "POST " + DB + "/export, GET /signed/get?sig=1"),
                arguments("d1.import", "POST " + DB + "/import, PUT /signed/put?sig=1, POST " + DB + "/import"),
                arguments("d1.bookmark", "GET " + DB + "/time_travel/bookmark?timestamp=2026-11-20T00%3A00%3A00Z"),
                arguments("d1.restore", "POST " + DB + "/time_travel/restore?bookmark=b-1"),
                arguments("d1.insights", "POST /client/v4/graphql"),
                arguments(
                        "kv.namespaces.list", "GET /storage/kv/namespaces?page=2&per_page=1&order=title&direction=asc"),
                arguments("kv.namespaces.create", "POST /storage/kv/namespaces"),
                arguments("kv.namespaces.rename", "PUT " + KV),
                arguments("kv.namespaces.delete", "DELETE " + KV),
                arguments("kv.keys.list", "GET " + KV + "/keys?limit=10&prefix=a%2F"),
                arguments("kv.values.get", "GET " + KV + "/values/a%2Fb, GET " + KV + "/metadata/a%2Fb"),
                arguments("kv.values.put", "PUT " + KV + "/values/a%2Fb?expiration_ttl=60"),
                arguments("kv.values.delete", "DELETE " + KV + "/values/a%2Fb"),
                arguments("kv.bulk.get", "POST " + KV + "/bulk/get"),
                arguments("kv.bulk.put", "PUT " + KV + "/bulk"),
                arguments("kv.bulk.delete", "POST " + KV + "/bulk/delete"),
                arguments("r2.buckets.list", "GET /r2/buckets?order=name&direction=asc"),
                arguments("r2.buckets.create", "POST /r2/buckets"),
                arguments("r2.buckets.get", "GET /r2/buckets/pics"),
                arguments("r2.buckets.delete", "DELETE /r2/buckets/pics"),
                arguments("r2.objects.list", "GET /r2/buckets/pics/objects?per_page=1000&prefix=a&delimiter=%2F"),
                arguments(
                        "r2.objects.get",
                        "GET /r2/buckets/pics/objects?per_page=1&prefix=a%2Fb.txt, GET /r2/buckets/pics/objects/a%2Fb.txt"),
                arguments("r2.objects.put", "PUT /r2/buckets/pics/objects/a%2Fb.txt"),
                arguments("r2.objects.delete", "DELETE /r2/buckets/pics/objects/a%2Fb.txt"),
                arguments("workers.list", "GET /workers/scripts"),
                arguments("workers.get", "GET /workers/scripts"),
                arguments("workers.code", "GET /workers/scripts/shop/content/v2"),
                arguments("workers.settings", "GET /workers/scripts/shop/settings"),
                arguments("workers.deployments", "GET /workers/scripts/shop/deployments"),
                arguments("workers.versions", "GET /workers/scripts/shop/versions?page=1&per_page=100"),
                arguments("workers.deploy", "GET /workers/scripts/shop/settings, PUT /workers/scripts/shop"),
                arguments("workers.rollback", "POST /workers/scripts/shop/deployments"),
                arguments("workers.secrets", "GET /workers/scripts/shop/secrets"),
                arguments("workers.schedules", "GET /workers/scripts/shop/schedules"),
                arguments("workers.delete", "DELETE /workers/scripts/shop"),
                arguments("builds.list", "GET /workers/scripts, GET /builds/workers/tag1/builds?page=1&per_page=100"),
                arguments("builds.get", "GET /builds/builds/b-1, GET /workers/scripts"),
                arguments("builds.logs", "GET /builds/builds/b-1/logs, GET /builds/builds/b-1"),
                arguments(
                        "builds.trigger",
                        "GET /workers/scripts, GET /builds/workers/tag1/triggers, POST /builds/triggers/t-1/builds,"
                                + " GET /builds/builds/b-1, GET /workers/scripts"),
                arguments(
                        "builds.cancel",
                        "GET /builds/builds/b-2, GET /workers/scripts, PUT /builds/builds/b-2/cancel,"
                                + " GET /builds/builds/b-2, GET /workers/scripts"),
                arguments("observability.events", TELEMETRY + "query"),
                arguments("observability.calculate", TELEMETRY + "query"),
                arguments("observability.keys", TELEMETRY + "keys"),
                arguments("observability.values", TELEMETRY + "values"));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void sendsWhatCloudflareExpects(String operation, String expected) {
        try (var cloud = new CloudFixture(folder, new CloudAnswers())) {
            cloud.reply(sample(operation));

            var sent = cloud.seen().stream()
                    .map(seen -> seen.line().replace("/client/v4/accounts/" + CloudFixture.ACCOUNT, ""))
                    .toList();
            assertThat(String.join(", ", sent)).isEqualTo(expected);
        }
    }

    @Test
    void theTableHoldsEveryOperation() {
        try (var cloud = new CloudFixture(folder, new CloudAnswers())) {
            var operations = cloud.backend()
                    .open(CloudFixture.credentials(CloudFixture.TOKEN), new FakeUpstream())
                    .operations();

            assertThat(requests().map(row -> row.get()[0]))
                    .containsExactlyInAnyOrderElementsOf(List.copyOf(operations));
        }
    }

    @Test
    void theTokenGoesToCloudflareAndNotToSignedUrls() {
        try (var cloud = new CloudFixture(folder, new CloudAnswers())) {
            cloud.reply(sample("d1.export"));

            assertThat(cloud.seen().get(0).header("authorization")).isEqualTo("Bearer " + CloudFixture.TOKEN);
            assertThat(cloud.seen().get(1).headers()).doesNotContainKey("authorization");
        }
    }

    @Test
    void keepsTheTypesOfParametersAndCutsRowsAndCells() {
        try (var cloud = new CloudFixture(folder, new CloudAnswers())) {
            var result = cloud.reply(sample("d1.query"))
                    .json()
                    .getJsonArray("results")
                    .getJsonObject(0);

            assertThat(cloud.seen().get(0).json())
                    .isEqualTo(new JsonObject("{\"sql\":\"SELECT * FROM t WHERE id = ?\",\"params\":[1]}"));
            assertThat(result.getJsonArray("rows").encode()).isEqualTo("[[1,\"ann\"],[2,{\"base64\":\"AP8=\"}]]");
            assertThat(result.getBoolean("truncated")).isTrue();
        }
    }

    @Test
    void keptBindingsAreInheritedByName() {
        try (var cloud = new CloudFixture(folder, new CloudAnswers())) {
            cloud.reply(sample("workers.deploy"));

            assertThat(cloud.seen().get(1).body().toString())
                    .contains(
                            "\"main_module\":\"w.js\"", "{\"type\":\"inherit\",\"name\":\"KEY\"}", "export default {}")
                    .doesNotContain("hidden");
        }
    }

    @Test
    void staticFilesOfAWorkerThatIsThereAreKept() {
        var plain = new Sample(
                "workers.deploy",
                Operation.Access.WRITE,
                sample("workers.deploy").arguments().put("keepBindings", false));
        var good = new CloudAnswers();
        try (var there = new CloudFixture(folder, good);
                var none = new CloudFixture(
                        folder,
                        seen -> seen.path().endsWith("/settings")
                                ? Answer.error(404, 10007, "This Worker does not exist")
                                : good.apply(seen))) {
            there.reply(sample("workers.deploy"));
            there.reply(plain);
            none.reply(sample("workers.deploy"));

            assertThat(there.seen().get(1).body().toString()).contains("\"keep_assets\":true", "inherit");
            assertThat(there.seen().get(3).body().toString())
                    .contains("\"keep_assets\":true")
                    .doesNotContain("inherit");
            assertThat(none.seen().get(1).body().toString())
                    .contains("main_module")
                    .doesNotContain("keep_assets");
        }
    }

    @Test
    void aStatementThatWritesIsNotSentAsARead() {
        var arguments = sample("d1.query").arguments().copy();
        arguments.getJsonArray("statements").add(new JsonObject().put("sql", "DELETE FROM t"));
        var query = new Sample("d1.query", Operation.Access.READ, arguments);
        try (var cloud = new CloudFixture(folder, new CloudAnswers())) {
            assertThat(cloud.failure(query).reason()).isEqualTo(Reason.REFUSED);
            assertThat(cloud.seen()).isEmpty();
        }
    }

    static Stream<Arguments> doubtfulValues() {
        var gone = Answer.error(404, 10009, "key not found");
        return Stream.of(
                // Too long already as it is, so it is not read again.
                arguments(20, "\uFFFD".repeat(21), Answer.bytes("x/y", Buffer.buffer()), "omitted", 1),
                // Its text is short enough, and its bytes are not.
                arguments(40, "\uFFFD", Answer.bytes("x/y", Buffer.buffer(new byte[41])), "omitted", 2),
                arguments(40, "\uFFFD", gone, "missing", 2));
    }

    @ParameterizedTest
    @MethodSource("doubtfulValues")
    void aValueIsReadAgainWhereThereIsRoom(int room, String text, Answer again, String expected, int requests) {
        var sample = Sample.read(
                "kv.bulk.get",
                "{\"namespaceId\":\"" + Samples.NAMESPACE + "\",\"keys\":[\"a\"],\"maxBytes\":" + room + "}");
        var found = Answer.result("{\"values\":{\"a\":{\"value\":\"" + text + "\",\"metadata\":null}}}");
        try (var cloud = new CloudFixture(folder, seen -> seen.path().endsWith("/bulk/get") ? found : again)) {
            var reply = cloud.reply(sample).json();

            assertThat(reply.getJsonArray(expected).encode()).isEqualTo("[\"a\"]");
            assertThat(reply.getJsonArray("values")).isEmpty();
            assertThat(cloud.seen()).hasSize(requests);
        }
    }

    @Test
    void anAnswerThatIsTooLargeIsNoReasonToAskAgainForTheSame() {
        var large = " ".repeat(17 << 20);
        try (var cloud = new CloudFixture(folder, seen -> Answer.json(200, large));
                var broken = new CloudFixture(folder, seen -> Answer.json(502, large))) {
            var read = cloud.failure(sample("d1.get"));
            var write = cloud.failure(sample("d1.create"));

            assertThat(read.reason()).isEqualTo(Reason.ANSWER_TOO_LARGE);
            assertThat(read).hasMessageContaining("ask for less");
            assertThat(write.reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(write).hasMessageContaining("may have been made");
            assertThat(broken.failure(sample("d1.get")).reason()).isEqualTo(Reason.UNAVAILABLE);
        }
    }

    @Test
    void theIdOfEachAnswerIsToldWhetherItIsAGoodOneOrNot() {
        try (var cloud = new CloudFixture(folder, new CloudAnswers());
                var broken = new CloudFixture(folder, seen -> Answer.json(502, "{}"))) {
            cloud.reply(sample("d1.get"));
            cloud.reply(sample("d1.list"));
            broken.failure(sample("d1.get"));

            assertThat(cloud.answers()).containsExactly("8f0a1b2c3d4e5f60-FRA", "8f0a1b2c3d4e5f60-FRA");
            assertThat(broken.answers()).containsExactly("8f0a1b2c3d4e5f60-FRA");
        }
    }

    @Test
    void anIdThatRepeatsTheTokenIsToldNobody() {
        var answer = Answer.json(502, "{}").with("cf-ray", "ray-" + CloudFixture.TOKEN);
        try (var cloud = new CloudFixture(folder, seen -> answer)) {
            var failure = cloud.failure(sample("d1.get"));

            assertThat(failure).message().doesNotContain(CloudFixture.TOKEN);
            assertThat(cloud.answers()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "<b>", "=cmd()", "\u00e4", ""})
    void anIdThatIsNoneIsLeftOut(String ray) {
        var answer = Answer.json(502, "{}").with("cf-ray", ray);
        try (var cloud = new CloudFixture(folder, seen -> answer)) {
            cloud.failure(sample("d1.get"));

            assertThat(cloud.answers()).isEmpty();
        }
    }

    @Test
    void aReadThatIsAWriteIsRefusedUnsent() {
        try (var cloud = new CloudFixture(folder, new CloudAnswers())) {
            var failure = Sample.read("d1.delete", "{\"databaseId\":\"" + Samples.DATABASE + "\"}");
            var connection = cloud.backend().open(CloudFixture.credentials(CloudFixture.TOKEN), new FakeUpstream());

            var refused = Answers.failure(connection.invoke(failure.within(Duration.ofSeconds(5))));

            assertThat(refused.reason()).isEqualTo(Reason.INVALID);
            assertThat(cloud.seen()).isEmpty();
        }
    }

    @Test
    void buildsAreRefusedToTokensOfAnAccountUnsent() {
        try (var cloud = new CloudFixture(folder, new CloudAnswers())) {
            var failure = cloud.failure("cfat_secret0123456789", sample("builds.get"));

            assertThat(failure.reason()).isEqualTo(Reason.REFUSED);
            assertThat(failure).hasMessageContaining("tokens of a user");
            assertThat(cloud.seen()).isEmpty();
        }
    }

    static Stream<Arguments> errors() {
        return Stream.of(
                arguments(400, 7500, "near \\\"selec\\\": syntax error", Reason.INVALID, "7500 near \"selec\""),
                arguments(400, 7400, "bad", Reason.INVALID, "7400 bad"),
                arguments(400, 7502, "taken", Reason.CONFLICT, "7502 taken"),
                arguments(400, 10014, "a namespace with this title already exists", Reason.CONFLICT, "already exists"),
                arguments(400, 6003, "Invalid request headers", Reason.REFUSED, "does not reach this account"),
                arguments(400, 7500, "D1_ERROR: Network connection lost.", Reason.UNAVAILABLE, "connection lost"),
                arguments(401, 10000, "Authentication error", Reason.REFUSED, "connect again"),
                arguments(403, 10000, "Authentication error", Reason.REFUSED, "lacks the permission \"D1:Read\""),
                arguments(403, 7403, "not authorized", Reason.REFUSED, "lacks the permission \"D1:Read\""),
                arguments(404, 7404, "The database could not be found", Reason.NOT_FOUND, "could not be found"),
                arguments(409, 1, "x", Reason.CONFLICT, "1 x"),
                arguments(413, 1, "x", Reason.INVALID, "1 x"),
                arguments(429, 971, "slow down", Reason.RATE_LIMITED, "slow down"),
                arguments(500, 7500, "internal error", Reason.UNAVAILABLE, "internal error"),
                arguments(503, 1, "x", Reason.UNAVAILABLE, "HTTP 503"),
                arguments(200, 10000, "Authentication error", Reason.REFUSED, "D1:Read"),
                arguments(200, 7404, "gone", Reason.NOT_FOUND, "gone"),
                arguments(200, 4242, "who knows", Reason.UNAVAILABLE, "who knows"),
                arguments(400, 1, "a\\nb\\u001b[31m cfut_secret0123456789 c", Reason.INVALID, "1 a b [31m *** c"),
                arguments(400, 1, "x".repeat(5000), Reason.INVALID, "x…"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void errorsHaveAReasonTheirWordsAndTheRequestId(int status, int code, String said, Reason reason, String expected) {
        try (var cloud = new CloudFixture(folder, seen -> Answer.error(status, code, said))) {
            var failure = cloud.failure(sample("d1.get"));

            assertThat(failure.reason()).isEqualTo(reason);
            assertThat(failure)
                    .hasMessageContaining(expected)
                    .hasMessageContaining("8f0a1b2c3d4e5f60-FRA")
                    .message()
                    .hasSizeLessThan(700)
                    .doesNotContain(CloudFixture.TOKEN);
        }
    }

    @Test
    void aLimitSaysWhenToTryAgain() {
        try (var cloud =
                new CloudFixture(folder, seen -> Answer.error(429, 971, "slow").with("retry-after", "120"))) {
            var failure = cloud.failure(sample("d1.get"));

            assertThat(failure.retryAt())
                    .hasValueSatisfying(at -> assertThat(at)
                            .isBetween(
                                    Instant.now().plusSeconds(100),
                                    Instant.now().plusSeconds(121)));
        }
    }

    private static Sample sample(String operation) {
        return Samples.all().stream()
                .filter(sample -> sample.operation().equals(operation))
                .findFirst()
                .orElseThrow();
    }
}
