package symbolai.mcp.plugins.cloudflare.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Credentials;
import symbolai.mcp.api.Secret;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.api.Upstream;
import symbolai.mcp.api.Verified;
import symbolai.mcp.plugins.cloudflare.backend.Backend;
import symbolai.mcp.plugins.cloudflare.faults.Answer;
import symbolai.mcp.plugins.cloudflare.faults.Campaign;
import symbolai.mcp.plugins.cloudflare.faults.Fault;
import symbolai.mcp.plugins.cloudflare.faults.Faults;
import symbolai.mcp.plugins.cloudflare.faults.ImpatientUpstream;
import symbolai.mcp.plugins.cloudflare.faults.Sample;
import symbolai.mcp.plugins.cloudflare.faults.Samples;
import symbolai.mcp.plugins.cloudflare.faults.Seen;
import symbolai.mcp.testkit.Answers;
import symbolai.mcp.testkit.FakeFamilyContext;

/** Every operation of the backend against every fault. */
class RemoteFaultsTest {

    private static final String TOKEN = "cfut_secret0123456789";
    private static final int AT_ONCE = 12;
    private static final Set<String> WRITES = Set.of(
            "d1_database_create",
            "d1_database_delete",
            "kv_namespace_create",
            "kv_namespace_update",
            "kv_namespace_delete",
            "r2_bucket_create",
            "r2_bucket_delete");
    private static final String DATABASE =
            "{\"uuid\":\"%s\",\"name\":\"shop\",\"created_at\":\"2026-01-02T03:04:05Z\"}".formatted(Samples.DATABASE);
    private static final String NAMESPACE = "{\"id\":\"%s\",\"title\":\"t\"}".formatted(Samples.NAMESPACE);
    private static final String BUCKET = "{\"name\":\"pics\",\"creation_date\":\"2026-01-02T03:04:05Z\"}";
    private static final String BUILDS =
            "buildUUID\tcreatedOn\tstatus\tbuildOutcome\tbranch\tcommitHash\tcommitMessage\tcommitAuthor"
                    + "\nb-1\t2026-01-02T03:04:05Z\tstopped\tsuccess\tmain\tabc\tm\tann";

    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private FakeFamilyContext context;
    private Campaign campaign;

    @BeforeEach
    void lend() {
        context = new FakeFamilyContext("cloudflare", folder);
        campaign =
                new Campaign(vertx, context, this::connect, RemoteFaultsTest::answer, RemoteFaultsTest::writes, TOKEN);
    }

    @AfterEach
    void takeBack() {
        context.close();
        Answers.await(vertx.close());
    }

    @Test
    void everyOperationSurvivesEveryFault() throws Exception {
        List<Callable<String>> runs = new ArrayList<>();
        for (var sample : samples()) {
            var requests = campaign.requests(sample);
            for (var fault : Faults.all(TOKEN)) {
                for (var from = 0; from < requests; from++) {
                    var first = from;
                    runs.add(() -> told(() -> campaign.run(sample, strange(fault), first)));
                }
            }
        }

        var failures = inParallel(runs);

        assertThat(runs).hasSizeGreaterThan(2000);
        assertThat(failures).isEmpty();
    }

    /** What an API would mean by its status means here that the protocol was not understood, which is nobody's fault but the server's. */
    private static Fault strange(Fault fault) {
        var reasons = EnumSet.of(Reason.UNAVAILABLE);
        reasons.addAll(fault.reasons());
        return new Fault(
                fault.name(),
                fault.effect(),
                reasons,
                fault.refusing(),
                fault.mayGoWell(),
                fault.abrupt(),
                fault.large());
    }

    private List<Sample> samples() {
        var operations = connect("http://127.0.0.1:1").operations();
        return Stream.concat(
                        Samples.all().stream().filter(sample -> operations.contains(sample.operation())),
                        Stream.of(
                                Sample.read("r2.buckets.list", "{}"),
                                Sample.write("r2.buckets.create", "{\"bucket\":\"pics\"}")))
                .filter(sample -> !sample.arguments().containsKey("jurisdiction")
                        && !sample.arguments().containsKey("locationHint"))
                .toList();
    }

    private Connection connect(String url) {
        var section = new JsonObject();
        Stream.of(Server.values()).forEach(server -> section.put(server.word() + "Url", url + "/" + server.word()));
        var credentials =
                new Credentials(Map.of("apiToken", new Secret(TOKEN), "accountId", new Secret(StubServers.ACCOUNT)));
        return new RemoteBackend(context, RemoteSettings.read(section), new NoBackend())
                .open(credentials, new ImpatientUpstream());
    }

    private static boolean writes(Seen request) {
        var params = request.json().getJsonObject("params");
        var name = params.getString("name", "");
        return WRITES.contains(name)
                || (name.equals("d1_database_query")
                        && !params.getJsonObject("arguments").getString("sql").startsWith("SELECT"));
    }

    private static Answer answer(Seen request) {
        var params = request.json().getJsonObject("params");
        var result = params.containsKey("name")
                ? StubServers.texts(texts(params.getString("name"), params.getJsonObject("arguments")))
                : new JsonObject().put("tools", tools());
        var message = new JsonObject()
                .put("jsonrpc", "2.0")
                .put("id", request.json().getValue("id"))
                .put("result", result.put("resultType", "complete"));
        return Answer.json(200, message.encode());
    }

    private static String[] texts(String tool, JsonObject arguments) {
        return switch (tool) {
            case "d1_databases_list" ->
                new String[] {"{\"result\":[" + DATABASE + "],\"result_info\":{\"total_count\":1}}"};
            case "d1_database_get", "d1_database_create" -> new String[] {DATABASE};
            case "d1_database_query" ->
                new String[] {"[{\"results\":[{\"id\":1}],\"success\":true,\"meta\":{\"changes\":0}}]"};
            case "kv_namespaces_list" -> new String[] {"{\"namespaces\":[" + NAMESPACE + "],\"count\":1}"};
            case "kv_namespace_get", "kv_namespace_create", "kv_namespace_update" -> new String[] {NAMESPACE};
            case "r2_buckets_list" -> new String[] {"{\"buckets\":[" + BUCKET + "],\"count\":1}"};
            case "r2_bucket_get", "r2_bucket_create" -> new String[] {BUCKET};
            case "workers_list" ->
                new String[] {"{\"workers\":[{\"name\":\"shop\",\"id\":{\"tag\":\"tag1\"}}],\"count\":1}"};
            case "workers_get_worker_code" -> new String[] {"export default {}"};
            case "workers_builds_list_builds" ->
                new String[] {"pagination_info:", "next_page\tpage\nfalse\t1", "builds:", BUILDS};
            case "workers_builds_get_build" -> new String[] {BUILDS};
            case "workers_builds_get_build_logs" -> new String[] {"timestamp\tmessage\n6:31:40\tbuilding"};
            case "query_worker_observability" -> new String[] {telemetry(arguments)};
            case "observability_keys" -> new String[] {"type\tkey\nstring\tk"};
            case "observability_values" -> new String[] {"type\tvalue\nstring\tv"};
            default -> new String[] {"null"};
        };
    }

    private static String telemetry(JsonObject arguments) {
        return arguments.getJsonObject("query").getString("view").equals("events")
                ? "[{\"timestamp\":1767323045000,\"$metadata\":{\"id\":\"e-1\"}}]"
                : "\n## value\n### Aggregation\nk\tvalue\ng\t3\n### Series\n";
    }

    private static JsonArray tools() {
        var tools = new JsonArray();
        StubSchemas.all()
                .forEach((name, schema) ->
                        tools.add(new JsonObject().put("name", name).put("inputSchema", schema)));
        return tools;
    }

    private interface Run {
        void run() throws Exception;
    }

    private static String told(Run run) throws Exception {
        try {
            run.run();
            return "";
        } catch (AssertionError failed) {
            return String.valueOf(failed.getMessage());
        }
    }

    /** Time runs short on a machine that is busy, so what was only slow is tried once more, alone. */
    private static List<String> inParallel(List<Callable<String>> runs) throws Exception {
        var pool = Executors.newFixedThreadPool(AT_ONCE);
        try {
            var failures = new ArrayList<String>();
            var done = pool.invokeAll(runs);
            for (var index = 0; index < runs.size(); index++) {
                var said = done.get(index).get();
                failures.add(said.contains(Campaign.SLOW) ? runs.get(index).call() : said);
            }
            failures.removeIf(String::isEmpty);
            return failures;
        } finally {
            pool.shutdownNow();
        }
    }

    /** Nothing is verified here. */
    private static final class NoBackend implements Backend {

        @Override
        public Future<Verified> verify(Credentials credentials, Upstream upstream) {
            throw new AssertionError("nothing is verified");
        }

        @Override
        public Connection open(Credentials credentials, Upstream upstream) {
            throw new AssertionError("only verifies");
        }
    }
}
