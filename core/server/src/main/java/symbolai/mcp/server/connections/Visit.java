package symbolai.mcp.server.connections;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import symbolai.mcp.api.ByteStream;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Reply;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;

/** One open connection of a loaded connector; it is closed, and the connector let go, when all who hold it have left. */
final class Visit {

    private static final Logger LOG = LoggerFactory.getLogger(Visit.class);
    private static final long LARGEST = 16L << 20;

    private final Connectors.Loaded loaded;
    private final Connection connection;
    private final Upstreams.Fingerprint fingerprint;
    private final Redaction redaction;
    private final AtomicInteger holders = new AtomicInteger(1);

    Visit(Connectors.Loaded loaded, Connection connection, Upstreams.Fingerprint fingerprint, Redaction redaction) {
        this.loaded = loaded;
        this.connection = connection;
        this.fingerprint = fingerprint;
        this.redaction = redaction;
    }

    Redaction redaction() {
        return redaction;
    }

    Set<String> operations() {
        return Set.copyOf(connection.operations());
    }

    /** How long the reply may be given to others. */
    Duration freshFor(Operation operation) {
        return operation.access() == Operation.Access.READ ? connection.freshFor(operation) : Duration.ZERO;
    }

    /** The account, as far as the cache is concerned: what one caller writes there the others read. */
    ReplyCache.Space space(Operation operation) {
        var dot = operation.name().indexOf('.');
        var family = dot < 0 ? operation.name() : operation.name().substring(0, dot);
        return new ReplyCache.Space(fingerprint, loaded.lease(), family);
    }

    /** Carries out the operation; the visit lasts until it has ended, and the bytes that it gave too. */
    Future<Reply> invoke(Operation operation, Timing timing) {
        hold();
        return Foreign.guarded(() -> connection.operations().contains(operation.name())
                        ? connection.invoke(operation)
                        : Future.failedFuture(unsupported(operation)))
                .compose(Foreign::present)
                .compose(reply -> capped(operation, reply))
                .map(reply -> reply.body()
                        .map(body -> new Reply(reply.json(), Optional.of(leased(body, timing))))
                        .orElse(reply))
                .onComplete(ended -> leave());
    }

    private ByteStream leased(ByteStream body, Timing timing) {
        hold();
        return new LeasedBody(body, timing, this::leave).watched();
    }

    private static Future<Reply> capped(Operation operation, Reply reply) {
        if (JsonSize.of(reply.json(), LARGEST) <= LARGEST) {
            return Future.succeededFuture(reply);
        }
        reply.body().ifPresent(ByteStream::close);
        return Future.failedFuture(new ToolException(
                Reason.UNAVAILABLE,
                "the reply to " + operation.name() + " is larger than " + (LARGEST >> 20)
                        + " MiB, which is not let through; ask for less"));
    }

    private void hold() {
        holders.incrementAndGet();
    }

    /** Ends one holder's part; the first one is who opened it. */
    void leave() {
        if (holders.decrementAndGet() > 0) {
            return;
        }
        try {
            connection.close();
        } catch (RuntimeException | LinkageError | StackOverflowError failure) {
            LOG.atWarn()
                    .setCause(redaction.clean(failure))
                    .addKeyValue("connector", loaded.connector().id())
                    .log("connection did not close");
        } finally {
            loaded.lease().leave();
        }
    }

    private ToolException unsupported(Operation operation) {
        return new ToolException(
                Reason.UNSUPPORTED,
                "the connected account (" + loaded.connector().id() + ") has no operation " + operation.name());
    }
}
