package symbolai.mcp.plugins.cloudflare.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Credentials;
import symbolai.mcp.api.Secret;
import symbolai.mcp.plugins.cloudflare.backend.Origin;
import symbolai.mcp.plugins.cloudflare.faults.Campaign;
import symbolai.mcp.plugins.cloudflare.faults.CloudAnswers;
import symbolai.mcp.plugins.cloudflare.faults.Faults;
import symbolai.mcp.plugins.cloudflare.faults.ImpatientUpstream;
import symbolai.mcp.plugins.cloudflare.faults.Sample;
import symbolai.mcp.plugins.cloudflare.faults.Samples;
import symbolai.mcp.plugins.cloudflare.faults.Seen;
import symbolai.mcp.testkit.Answers;
import symbolai.mcp.testkit.FakeFamilyContext;

/** Every operation of the backend against every fault. */
class CloudFaultsTest {

    private static final String TOKEN = "cfut_secret0123456789";
    private static final int AT_ONCE = 12;

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private FakeFamilyContext context;
    private Campaign campaign;

    @BeforeEach
    void lend() {
        context = new FakeFamilyContext("cloudflare", folder);
        campaign = new Campaign(vertx, context, this::connect, new CloudAnswers(), CloudFaultsTest::writes, TOKEN);
    }

    @AfterEach
    void takeBack() {
        context.close();
        Answers.await(vertx.close());
    }

    @Test
    void everyOperationSurvivesEveryFault() throws Exception {
        List<Callable<String>> runs = new ArrayList<>();
        var faults = Faults.all(TOKEN);
        for (var sample : Samples.all()) {
            var requests = campaign.requests(sample);
            assertThat(requests).as(sample.toString()).isPositive();
            for (var fault : faults) {
                for (var from = 0; from < requests; from++) {
                    var first = from;
                    runs.add(() -> told(() -> campaign.run(sample, fault, first)));
                }
            }
        }

        var failures = inParallel(runs);

        assertThat(runs).hasSizeGreaterThan(3000);
        assertThat(failures).isEmpty();
    }

    @Test
    void nothingIsSentWhereNobodyListens() throws Exception {
        List<Callable<String>> runs = new ArrayList<>();
        for (var sample : Samples.all()) {
            runs.add(() -> told(() -> campaign.runUnreachable("refused", sample, connect(closedPort()))));
            runs.add(() ->
                    told(() -> campaign.runUnreachable("no such host", sample, connect("http://nobody.invalid"))));
            runs.add(() -> told(() -> noTls(sample)));
        }

        assertThat(inParallel(runs)).isEmpty();
    }

    /** A server that ends the connection at the first byte of the handshake. */
    private void noTls(Sample sample) throws Exception {
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var closer = new Thread(() -> closeAll(server));
            closer.start();
            campaign.runUnreachable("no TLS", sample, connect("https://127.0.0.1:" + server.getLocalPort()));
        }
    }

    private static void closeAll(ServerSocket server) {
        try {
            while (!server.isClosed()) {
                server.accept().close();
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private Connection connect(String url) {
        var credentials = new Credentials(
                Map.of("apiToken", new Secret(TOKEN), "accountId", new Secret("0123456789abcdef0123456789abcdef")));
        return new CloudBackend(context, Origin.of("Cloudflare", url)).open(credentials, new ImpatientUpstream());
    }

    private static String closedPort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return "http://127.0.0.1:" + socket.getLocalPort();
        }
    }

    /** All but GET, and but those posts and uploads that change nothing. */
    private static boolean writes(Seen request) {
        var path = request.path();
        var reads = path.endsWith("/export")
                || path.endsWith("/graphql")
                || path.endsWith("/bulk/get")
                || path.contains("/telemetry/")
                || path.startsWith("/signed/")
                || (path.endsWith("/import")
                        && !request.json().getString("action").equals("ingest"))
                || (path.endsWith("/raw") && request.json().getString("sql").startsWith("SELECT"));
        return !request.method().equals("GET") && !reads;
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
