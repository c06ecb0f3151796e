package symbolai.mcp.server.connections;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import symbolai.mcp.api.Cancellation;
import symbolai.mcp.api.Deadline;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Operation.Access;
import symbolai.mcp.api.Reply;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;

class ReplyCacheTest {

    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final Lease VERSION = new Lease();
    private static final ReplyCache.Space D1 = space("ada's token", "d1");

    private final TestTiming timing = new TestTiming();
    private final ReplyCache cache = new ReplyCache(timing);
    private final List<Promise<Reply>> sent = new ArrayList<>();
    private final List<Operation> operations = new ArrayList<>();

    private static ReplyCache.Space space(String token, String family) {
        return new ReplyCache.Space(new Upstreams.Fingerprint("cloudflare", token), VERSION, family);
    }

    private static Operation operation(JsonObject arguments, Cancellation cancellation) {
        return new Operation("d1.list", arguments, Access.READ, Deadline.after(Duration.ofMinutes(1)), cancellation);
    }

    private Future<Reply> read() {
        return read(D1, new JsonObject(), Cancellation.NEVER);
    }

    private Future<Reply> read(ReplyCache.Space space, JsonObject arguments, Cancellation cancellation) {
        return cache.read(space, FRESH, operation(arguments, cancellation), this::send);
    }

    private Future<Reply> send(Operation operation) {
        operations.add(operation);
        var answer = Promise.<Reply>promise();
        sent.add(answer);
        return answer.future();
    }

    private void answer(int index, String text) {
        sent.get(index).complete(new Reply(new JsonObject().put("text", text)));
    }

    private static String text(Future<Reply> reply) {
        return reply.result().json().getString("text");
    }

    @Test
    void whatSeveralAskAtOnceIsAskedOnce() {
        var one = read();
        var two = read();

        assertThat(sent).hasSize(1);
        answer(0, "a");
        assertThat(text(one)).isEqualTo("a");
        assertThat(text(two)).isEqualTo("a");
        assertThat(text(read())).isEqualTo("a");
        assertThat(sent).hasSize(1);
    }

    @Test
    void aReplyIsKeptForItsTime() {
        read();
        answer(0, "a");
        timing.advance(FRESH.minusMillis(1));
        assertThat(text(read())).isEqualTo("a");
        timing.advance(Duration.ofMillis(1));

        read();

        assertThat(sent).hasSize(2);
    }

    @Test
    void othersAskForThemselves() {
        read();
        answer(0, "a");

        read(space("bob's token", "d1"), new JsonObject(), Cancellation.NEVER);
        read(D1, new JsonObject().put("page", 2), Cancellation.NEVER);
        read(new ReplyCache.Space(D1.fingerprint(), new Lease(), "d1"), new JsonObject(), Cancellation.NEVER);

        assertThat(sent).hasSize(4);
    }

    @Test
    void theOrderOfArgumentsDoesNotMatter() {
        read(D1, new JsonObject().put("a", 1).put("b", 2), Cancellation.NEVER);
        read(D1, new JsonObject().put("b", 2).put("a", 1), Cancellation.NEVER);

        assertThat(sent).hasSize(1);
    }

    @Test
    void everybodyGetsACopy() {
        var one = read();
        var two = read();
        var given = new Reply(new JsonObject().put("text", "a").put("deep", new JsonObject()));
        sent.get(0).complete(given);
        one.result().json().put("text", "spoiled").getJsonObject("deep").put("spoiled", true);
        given.json().put("text", "spoiled");

        assertThat(text(two)).isEqualTo("a");
        assertThat(text(read())).isEqualTo("a");
        read().result().json().put("text", "spoiled");
        assertThat(read().result().json().getJsonObject("deep")).isEqualTo(new JsonObject());
        assertThat(text(read())).isEqualTo("a");
    }

    @Test
    void aFailureIsNotKept() {
        var one = read();
        var two = read();
        sent.get(0).fail(new ToolException(Reason.UNAVAILABLE, "down"));

        assertThat(one.cause()).hasMessage("down");
        assertThat(two.cause()).hasMessage("down");
        read();
        assertThat(sent).hasSize(2);
    }

    @Test
    void whoAskedFirstMayCancel() {
        var cancellation = new TestCancellation();
        var one = read(D1, new JsonObject(), cancellation);
        var two = read();

        cancellation.cancel();

        assertThat(((ToolException) one.cause()).reason()).isEqualTo(Reason.CANCELLED);
        assertThat(operations.get(0).cancellation().isCancelled()).isFalse();
        answer(0, "a");
        assertThat(text(two)).isEqualTo("a");
    }

    @Test
    void whenAllHaveCancelledSoIsTheRead() {
        var first = new TestCancellation();
        var second = new TestCancellation();
        read(D1, new JsonObject(), first);
        read(D1, new JsonObject(), second);
        var told = new ArrayList<String>();
        operations.get(0).cancellation().onCancel(() -> told.add("cancelled"));

        first.cancel();
        assertThat(told).isEmpty();
        second.cancel();

        assertThat(told).containsExactly("cancelled");
        read();
        assertThat(sent).hasSize(2);
        answer(0, "old");
        answer(1, "new");
        assertThat(text(read())).isEqualTo("new");
    }

    @Test
    void whatFailedForTheFirstIsAskedAgainByTheOthers() {
        read();
        var two = read();

        sent.get(0).fail(new ToolException(Reason.TIMED_OUT, "late"));

        assertThat(sent).hasSize(2);
        answer(1, "a");
        assertThat(text(two)).isEqualTo("a");
    }

    @Test
    void aReadOfWhomThereIsNoTimeLeftIsNotJoined() {
        cache.read(
                D1,
                FRESH,
                new Operation(
                        "d1.list", new JsonObject(), Access.READ, Deadline.after(Duration.ZERO), Cancellation.NEVER),
                this::send);
        read();

        assertThat(sent).hasSize(2);
    }

    @Test
    void aWriteEndsWhatWasKept() {
        read();
        answer(0, "old");

        cache.write(D1, () -> Future.succeededFuture(new Reply(new JsonObject())));
        read();

        assertThat(sent).hasSize(2);
    }

    @Test
    void aFailedWriteEndsItToo() {
        read();
        answer(0, "old");

        cache.write(D1, () -> Future.failedFuture(new ToolException(Reason.TIMED_OUT, "late")));
        cache.write(D1, () -> {
            throw new IllegalStateException("bug");
        });
        read();
        answer(1, "new");

        assertThat(text(read())).isEqualTo("new");
        assertThat(sent).hasSize(2);
    }

    /** Every way in which a read can meet a write: none may leave what was read before the write ended. */
    @Test
    void noReadThatBeganBeforeAWriteEndedIsKept() {
        var write = Promise.<Reply>promise();
        var before = read();
        cache.write(D1, write::future);
        var during = read();
        var alsoDuring = read();
        assertThat(sent).hasSize(3);
        answer(0, "before");
        answer(1, "during");
        var third = read();
        write.complete(new Reply(new JsonObject()));
        var after = read();
        answer(2, "during");
        answer(3, "during");
        answer(4, "after");

        assertThat(text(before)).isEqualTo("before");
        assertThat(text(during)).isEqualTo("during");
        assertThat(text(alsoDuring)).isEqualTo("during");
        assertThat(text(third)).isEqualTo("during");
        assertThat(text(after)).isEqualTo("after");
        assertThat(text(read())).isEqualTo("after");
        assertThat(sent).hasSize(5);
    }

    @Test
    void ofTwoWritesTheLastEndCounts() {
        var one = Promise.<Reply>promise();
        var two = Promise.<Reply>promise();
        cache.write(D1, one::future);
        cache.write(D1, two::future);
        one.complete(new Reply(new JsonObject()));
        read();
        answer(0, "early");

        two.complete(new Reply(new JsonObject()));
        read();

        assertThat(sent).hasSize(2);
    }

    @Test
    void aWriteElsewhereChangesNothing() {
        read();
        answer(0, "a");

        cache.write(space("ada's token", "kv"), () -> Future.succeededFuture(new Reply(new JsonObject())));
        cache.write(space("bob's token", "d1"), () -> Future.succeededFuture(new Reply(new JsonObject())));

        assertThat(text(read())).isEqualTo("a");
        assertThat(sent).hasSize(1);
    }

    @Test
    void largeRepliesAreNotKept() {
        read();
        answer(0, "x".repeat(1 << 20));
        read();

        assertThat(sent).hasSize(2);
        assertThat(cache.bytes()).isZero();
    }

    @Test
    void theCacheIsBounded() {
        for (int i = 0; i < 3_000; i++) {
            read(D1, new JsonObject().put("page", i), Cancellation.NEVER);
            answer(i, "x".repeat(100));
        }
        assertThat(cache.bytes()).isBetween(100_000L, 150_000L);
        for (int i = 3_000; i < 3_100; i++) {
            read(D1, new JsonObject().put("page", i), Cancellation.NEVER);
            answer(i, "x".repeat(1_000_000));
        }
        assertThat(cache.bytes()).isBetween(30L << 20, 32L << 20);

        read(D1, new JsonObject().put("page", 3_099), Cancellation.NEVER);

        assertThat(sent).hasSize(3_100);
        cache.write(D1, () -> Future.succeededFuture(new Reply(new JsonObject())));
        assertThat(cache.bytes()).isZero();
    }

    @Test
    void bytesGoToTheFirstAndTheOthersAskAgain() {
        var body = new TestBody();
        var one = read();
        var two = read();

        sent.get(0).complete(new Reply(new JsonObject(), Optional.of(body)));

        assertThat(one.result().body()).contains(body);
        assertThat(sent).hasSize(2);
        answer(1, "a");
        assertThat(text(two)).isEqualTo("a");
        assertThat(body.closed).isFalse();
    }

    @Test
    void bytesThatNobodyWantsAreClosed() {
        var body = new TestBody();
        var cancellation = new TestCancellation();
        read(D1, new JsonObject(), cancellation);
        cancellation.cancel();

        sent.get(0).complete(new Reply(new JsonObject(), Optional.of(body)));

        assertThat(body.closed).isTrue();
        read();
        assertThat(sent).hasSize(2);
    }
}
