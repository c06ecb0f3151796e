package symbolai.mcp.plugins.cloudflare.faults;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.Operation.Access;
import symbolai.mcp.api.Reply;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.testkit.Answers;
import symbolai.mcp.testkit.CheckedConnection;

/**
 * Tries a backend with faults: it must answer in time, with the right result or an honest failure, and never write twice.
 *
 * @param vertx the servers run on it
 * @param context lends to the backend
 * @param connect opens a connection to a server at a URL
 * @param answers what the server says when nothing is wrong
 * @param writes which requests change something
 * @param token what must never be seen in a failure
 */
public record Campaign(
        Vertx vertx,
        FamilyContext context,
        Function<String, Connection> connect,
        Function<Seen, Answer> answers,
        Predicate<Seen> writes,
        String token) {

    /** What a failure says of a run that took too long. */
    public static final String SLOW = ": took ";

    private static final Duration DEADLINE = Duration.ofMillis(300);
    /** On a machine that has other things to do as well. */
    private static final Duration GENEROUS = Duration.ofSeconds(2);

    private static final Set<Reason> OPEN = Set.of(Reason.UNAVAILABLE, Reason.TIMED_OUT);

    /** How many requests the operation sends when nothing is wrong; its result is checked against its schema. */
    public int requests(Sample sample) {
        try (var server = RawServer.answering(vertx, answers)) {
            Answers.await(invoke(connect.apply(server.url()), sample, Duration.ofSeconds(20)));
            return server.seen().size();
        }
    }

    /** Tries an operation of which all requests from one on go wrong. */
    public void run(Sample sample, Fault fault, int from) {
        var count = new AtomicInteger();
        RawServer.Handler handler = (request, socket, on) -> {
            if (count.getAndIncrement() < from) {
                socket.write(answers.apply(request).whole());
            } else {
                fault.effect().happen(answers.apply(request), socket, on);
            }
        };
        try (var server = new RawServer(vertx, fault.abrupt(), handler).listen()) {
            var what = sample + ", " + fault + " from request " + from;
            var failure = judge(what, sample, fault, connect.apply(server.url()));
            checkWrites(what, sample, fault, failure, server);
        }
    }

    /** Tries an operation with a way out that does not exist, of which nothing can arrive. */
    public void runUnreachable(String what, Sample sample, Connection connection) {
        var fault = new Fault(what, (good, socket, on) -> {}, Set.of(Reason.NOT_SENT), true, false, false, false);
        judge(sample + ", " + what, sample, fault, connection);
    }

    private Optional<Reason> judge(String what, Sample sample, Fault fault, Connection connection) {
        var started = System.nanoTime();
        Optional<Reason> reason = Optional.empty();
        try {
            var reply = Answers.await(invoke(connection, sample, DEADLINE));
            var streamed = fault.large() && reply.body().isPresent();
            require(fault.mayGoWell() || streamed || sample.access() == Access.WRITE, what + ": went well");
        } catch (ToolException failure) {
            reason = Optional.of(failure.reason());
            var said = String.valueOf(failure.getMessage());
            require(isHonest(fault, failure.reason()), what + ": " + failure.reason() + ": " + said);
            require(!said.contains(token), what + ": tells the token");
            require(!said.contains("canary"), what + ": quotes a body");
        }
        var took = Duration.ofNanos(System.nanoTime() - started);
        require(took.compareTo(GENEROUS) < 0, what + SLOW + took);
        return reason;
    }

    /** The time may be over before a request is sent, or before its answer is there. */
    private static boolean isHonest(Fault fault, Reason reason) {
        return fault.reasons().contains(reason)
                || (fault.large() && reason == Reason.ANSWER_TOO_LARGE)
                || reason == Reason.TIMED_OUT
                || reason == Reason.NOT_SENT
                || (fault.mayGoWell() && OPEN.contains(reason));
    }

    private void checkWrites(String what, Sample sample, Fault fault, Optional<Reason> reason, RawServer server) {
        var sent = server.seen().stream().filter(writes).map(Seen::line).toList();
        require(fault.refusing() || sent.size() == Set.copyOf(sent).size(), what + ": a write was sent twice: " + sent);
        require(sample.access() == Access.WRITE || sent.isEmpty(), what + ": a read has written: " + sent);
        require(
                fault.refusing()
                        || sent.isEmpty()
                        || reason.filter(Reason.NOT_SENT::equals).isEmpty(),
                what + ": was sent and says that it was not: " + sent);
        require(
                !fault.large()
                        || sent.isEmpty()
                        || reason.filter(Reason.ANSWER_TOO_LARGE::equals).isEmpty(),
                what + ": was sent and asks for less as if it had read: " + sent);
        require(
                !fault.large()
                        || sample.access() == Access.WRITE
                        || reason.filter(Reason.UNAVAILABLE::equals).isEmpty(),
                what + ": would be asked for again, and is as large then");
    }

    /** On an event loop, as in the server; a body is read to its end. */
    private Future<Reply> invoke(Connection connection, Sample sample, Duration deadline) {
        Promise<Reply> done = Promise.promise();
        context.timers()
                .once(
                        Duration.ofMillis(1),
                        () -> new CheckedConnection(connection)
                                .invoke(sample.within(deadline))
                                .compose(Campaign::drained)
                                .onComplete(done));
        return done.future();
    }

    private static Future<Reply> drained(Reply reply) {
        if (reply.body().isEmpty()) {
            return Future.succeededFuture(reply);
        }
        Promise<Reply> end = Promise.promise();
        var body = reply.body().get();
        body.exceptionHandler(end::tryFail);
        body.endHandler(ended -> end.tryComplete(reply));
        body.handler(bytes -> {});
        body.resume();
        return end.future();
    }

    private static void require(boolean held, String otherwise) {
        if (!held) {
            throw new AssertionError(otherwise);
        }
    }
}
