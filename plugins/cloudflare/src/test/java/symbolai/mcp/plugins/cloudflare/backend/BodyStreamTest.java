package symbolai.mcp.plugins.cloudflare.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.plugins.cloudflare.faults.Answer;
import symbolai.mcp.plugins.cloudflare.faults.RawServer;
import symbolai.mcp.plugins.cloudflare.faults.Sample;
import symbolai.mcp.testkit.Answers;
import symbolai.mcp.testkit.FakeFamilyContext;
import symbolai.mcp.testkit.FakeUpstream;

class BodyStreamTest {

    private static final Duration DEADLINE = Duration.ofMillis(300);

    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        Answers.await(vertx.close());
    }

    @Test
    void aBodyThatIsFetchedAndDoesNotComeFails() {
        var head = Answer.json(200, "").head(100_000);
        RawServer.Handler silent = (request, socket, on) -> socket.write(head);
        try (var context = new FakeFamilyContext("cloudflare", folder);
                var server = new RawServer(vertx, false, silent).listen()) {
            Promise<Void> end = Promise.promise();
            context.timers()
                    .once(Duration.ofMillis(1), () -> fetched(context, server).onComplete(end));

            assertThat(Answers.failure(end.future()).reason()).isEqualTo(Reason.TIMED_OUT);
        }
    }

    private static Future<Void> fetched(FakeFamilyContext context, RawServer server) {
        var operation = Sample.read("r2.objects.get", "{}").within(DEADLINE);
        var call = HttpCall.of(operation, Origin.of("Cloudflare", server.url()), HttpMethod.GET, "/");
        return new HttpSender(context, new FakeUpstream()).download(call, reply -> {
            Promise<Void> end = Promise.promise();
            var body = reply.stream().orElseThrow();
            body.exceptionHandler(end::tryFail);
            body.endHandler(ended -> end.tryComplete());
            body.handler(bytes -> {});
            body.pause();
            body.fetch(1);
            return end.future();
        });
    }
}
