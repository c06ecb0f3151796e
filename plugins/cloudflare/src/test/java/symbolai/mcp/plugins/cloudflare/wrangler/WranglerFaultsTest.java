package symbolai.mcp.plugins.cloudflare.wrangler;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
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
import symbolai.mcp.api.ToolException.Reason;
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
class WranglerFaultsTest {

    private static final String TOKEN = "cfut_secret0123456789";
    private static final int AT_ONCE = 12;
    private static final String BASE = "/cdn-cgi/local/explorer/api";
    private static final String OBJECT =
            "{\"key\":\"a/b.txt\",\"etag\":\"e\",\"size\":5,\"last_modified\":\"2026-01-02T03:04:05.000Z\"}";

    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private FakeFamilyContext context;
    private Campaign campaign;

    @BeforeEach
    void lend() {
        context = new FakeFamilyContext("cloudflare", folder);
        campaign = new Campaign(
                vertx, context, this::connect, WranglerFaultsTest::answer, WranglerFaultsTest::writes, TOKEN);
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
                    runs.add(() -> told(() -> campaign.run(sample, allowed(sample, fault), first)));
                }
            }
        }

        var failures = inParallel(runs);

        assertThat(runs).hasSizeGreaterThan(1500);
        assertThat(failures).isEmpty();
    }

    /** A value that is not there any more is missing. An object that was put is read again, and then nothing was refused any more. */
    private static Fault allowed(Sample sample, Fault fault) {
        if (sample.operation().equals("kv.bulk.get") && fault.name().equals("404")) {
            return with(fault, fault.reasons(), true);
        }
        if (sample.operation().equals("r2.objects.put") && fault.reasons().contains(Reason.INVALID)) {
            var reasons = EnumSet.copyOf(fault.reasons());
            reasons.add(Reason.UNAVAILABLE);
            return with(fault, reasons, fault.mayGoWell());
        }
        return fault;
    }

    private static Fault with(Fault fault, Set<Reason> reasons, boolean mayGoWell) {
        return new Fault(
                fault.name(), fault.effect(), reasons, fault.refusing(), mayGoWell, fault.abrupt(), fault.large());
    }

    private List<Sample> samples() {
        var operations = connect("http://127.0.0.1:1").operations();
        return Stream.concat(
                        Samples.all().stream().filter(sample -> operations.contains(sample.operation())),
                        Stream.of(Sample.read("r2.buckets.list", "{}")))
                .filter(sample -> !sample.arguments().containsKey("jurisdiction"))
                .toList();
    }

    private Connection connect(String url) {
        var settings = WranglerSettings.read(new JsonObject().put("urls", JsonArray.of(url)));
        return new WranglerBackend(context, settings).open(Credentials.NONE, new ImpatientUpstream());
    }

    private static boolean writes(Seen request) {
        var path = request.path();
        var reads = path.endsWith("/observability/query")
                || (path.endsWith("/raw")
                        && request.json()
                                .getJsonArray("batch")
                                .getJsonObject(0)
                                .getString("sql")
                                .startsWith("SELECT"));
        return !request.method().equals("GET") && !reads;
    }

    private static Answer answer(Seen request) {
        var path = request.path().replace(BASE, "");
        if (path.equals("/d1/database")) {
            return Answer.result("[{\"name\":\"DB\",\"uuid\":\"" + Samples.DATABASE + "\"}]");
        }
        if (path.endsWith("/raw")) {
            return Answer.result(
                    "[{\"success\":true,\"results\":{\"columns\":[\"id\"],\"rows\":[[1]]},\"meta\":{\"changes\":0,\"size_after\":4096}}]");
        }
        if (path.startsWith("/storage/")) {
            return kv(request, path);
        }
        if (path.startsWith("/r2/")) {
            return r2(request, path);
        }
        return path.equals("/local/workers")
                ? Answer.result(
                        "[{\"isSelf\":true,\"name\":\"shop\",\"bindings\":{\"kv\":[{\"id\":\"k\",\"bindingName\":\"KV\"}]}}]")
                : Answer.result(
                        "{\"columns\":[],\"rows\":[[\"t\",0,1795374036979,\"info\",\"x\",\"shop\",\"GET\",\"ok\",4,null]]}");
    }

    private static Answer kv(Seen request, String path) {
        if (path.endsWith("/namespaces")) {
            return Answer.result("[{\"id\":\"" + Samples.NAMESPACE + "\",\"title\":\"KV\"}]");
        }
        if (path.endsWith("/keys")) {
            return Answer.result(
                    "[{\"name\":\"a\"},{\"name\":\"a/b\"},{\"name\":\"b\",\"metadata\":{\"x\":1}}]",
                    "{\"count\":3,\"cursor\":\"\"}");
        }
        return request.method().equals("GET")
                ? Answer.bytes("application/octet-stream", Buffer.buffer("value"))
                : Answer.result("{\"successful_key_count\":1,\"unsuccessful_keys\":[]}");
    }

    private static Answer r2(Seen request, String path) {
        if (path.endsWith("/buckets")) {
            return Answer.result("{\"buckets\":[{\"name\":\"pics\"}]}");
        }
        if (path.endsWith("/objects")) {
            return Answer.result("[" + OBJECT + "]", "{\"delimited\":[],\"is_truncated\":\"false\"}");
        }
        return request.method().equals("GET")
                        && request.header("cf-metadata-only").isEmpty()
                ? Answer.bytes("text/plain", Buffer.buffer("value"))
                : Answer.result(OBJECT);
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
}
