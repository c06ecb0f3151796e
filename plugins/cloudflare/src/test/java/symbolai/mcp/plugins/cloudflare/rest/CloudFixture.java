package symbolai.mcp.plugins.cloudflare.rest;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Credentials;
import symbolai.mcp.api.Reply;
import symbolai.mcp.api.Secret;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.plugins.cloudflare.backend.Origin;
import symbolai.mcp.plugins.cloudflare.faults.Answer;
import symbolai.mcp.plugins.cloudflare.faults.RawServer;
import symbolai.mcp.plugins.cloudflare.faults.Sample;
import symbolai.mcp.plugins.cloudflare.faults.Seen;
import symbolai.mcp.testkit.Answers;
import symbolai.mcp.testkit.CheckedConnection;
import symbolai.mcp.testkit.FakeFamilyContext;
import symbolai.mcp.testkit.FakeUpstream;

/** The backend before a server that answers as a test says. */
final class CloudFixture implements AutoCloseable {

    static final String TOKEN = "cfut_secret0123456789";
    static final String ACCOUNT = "0123456789abcdef0123456789abcdef";

    private static final Duration TIME = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();
    private final FakeFamilyContext context;
    private final RawServer server;
    private final CloudBackend backend;
    private final FakeUpstream upstream = new FakeUpstream();

    CloudFixture(Path folder, Function<Seen, Answer> answers) {
        context = new FakeFamilyContext("cloudflare", folder);
        server = RawServer.answering(vertx, answers);
        backend = new CloudBackend(context, Origin.of("Cloudflare", server.url() + "/client/v4"));
    }

    /** The ids of the answers that the way out was told. */
    List<String> answers() {
        return upstream.answers();
    }

    CloudBackend backend() {
        return backend;
    }

    List<Seen> seen() {
        return server.seen();
    }

    static Credentials credentials(String token) {
        return new Credentials(Map.of("apiToken", new Secret(token), "accountId", new Secret(ACCOUNT)));
    }

    Reply reply(Sample sample) {
        return Answers.await(connection(TOKEN).invoke(sample.within(TIME)));
    }

    ToolException failure(Sample sample) {
        return failure(TOKEN, sample);
    }

    ToolException failure(String token, Sample sample) {
        return Answers.failure(connection(token).invoke(sample.within(TIME)));
    }

    private Connection connection(String token) {
        return new CheckedConnection(backend.open(credentials(token), upstream));
    }

    @Override
    public void close() {
        server.close();
        context.close();
        Answers.await(vertx.close());
    }
}
