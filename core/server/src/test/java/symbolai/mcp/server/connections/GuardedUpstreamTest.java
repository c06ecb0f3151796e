package symbolai.mcp.server.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static symbolai.mcp.server.connections.UpstreamHouse.failure;
import static symbolai.mcp.server.connections.UpstreamHouse.target;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import symbolai.mcp.api.Cancellation;
import symbolai.mcp.api.Deadline;
import symbolai.mcp.api.Operation.Access;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.api.Upstream.Target;

class GuardedUpstreamTest {

    private UpstreamHouse house = new UpstreamHouse();

    @AfterEach
    void close() {
        house.close();
    }

    private void rebuild(int requests, int concurrency) {
        house.close();
        house = new UpstreamHouse(requests, concurrency, 0.5);
    }

    private static ToolException failed(Future<?> future) {
        assertThat(future.failed()).isTrue();
        return (ToolException) future.cause();
    }

    /** Every reason × reads and writes: how often it is sent when it fails each time. */
    static Stream<Arguments> tries() {
        return Stream.of(Reason.values())
                .flatMap(reason -> Stream.of(Access.values()).map(access -> {
                    boolean again = switch (reason) {
                        case NOT_SENT, RATE_LIMITED -> true;
                        case UNAVAILABLE, TIMED_OUT -> access == Access.READ;
                        default -> false;
                    };
                    return Arguments.of(reason, access, again ? 4 : 1);
                }));
    }

    @ParameterizedTest(name = "{0} of a {1} is sent {2} times")
    @MethodSource("tries")
    void onlyWhatMayBeRepeatedIsSentAgain(Reason reason, Access access, int sent) {
        var script = new ArrayDeque<Throwable>(Collections.nCopies(10, failure(reason)));

        var answer = house.request(target(access), script);
        house.advance(Duration.ofSeconds(20));

        assertThat(house.sent).hasSize(sent);
        assertThat(failed(answer).getMessage()).isEqualTo("scripted " + reason);
        assertThat(house.timing.waiting()).isZero();
    }

    @Test
    void whatTheConnectorDoesNotKnowIsNotSentAgain() {
        var answer = house.request(target(Access.READ), new ArrayDeque<>(List.of(new IllegalStateException("bug"))));
        house.advance(Duration.ofSeconds(20));

        assertThat(house.sent).hasSize(1);
        assertThat(answer.cause()).isInstanceOf(IllegalStateException.class);
    }

    /** A write whose first tries were not sent, and which then may have happened. */
    @ParameterizedTest
    @ValueSource(strings = {"UNAVAILABLE", "TIMED_OUT"})
    void noWriteIsSentAfterOneThatMayHaveHappened(String reason) {
        var script = new ArrayDeque<Throwable>(
                List.of(failure(Reason.NOT_SENT), failure(Reason.RATE_LIMITED), failure(Reason.valueOf(reason))));

        var answer = house.request(target(Access.WRITE), script);
        house.advance(Duration.ofSeconds(60));

        assertThat(house.sent).hasSize(3);
        assertThat(failed(answer).reason()).isEqualTo(Reason.valueOf(reason));
    }

    @Test
    void theDelaysAreKept() {
        var answer = house.request(
                target(Access.READ), new ArrayDeque<>(Collections.nCopies(3, failure(Reason.UNAVAILABLE))));
        house.advance(Duration.ofSeconds(20));

        assertThat(answer.result()).isEqualTo("done");
        assertThat(house.moments).containsExactly(0L, 2000L, 6000L, 14_000L);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.25, 1})
    void theDelaysDifferByATenth(double random) {
        house.close();
        house = new UpstreamHouse(1200, 32, random);

        house.request(target(Access.READ), new ArrayDeque<>(List.of(failure(Reason.UNAVAILABLE))));
        house.advance(Duration.ofSeconds(3));

        assertThat(house.moments.get(1)).isCloseTo((long) (1800 + 400 * random), within(1L));
    }

    @Test
    void aPauseThatDoesNotFitIsNotBegun() {
        var answer = house.request(
                target(Access.READ, Duration.ofMillis(1500), Cancellation.NEVER),
                new ArrayDeque<>(List.of(failure(Reason.UNAVAILABLE))));

        assertThat(failed(answer).getMessage()).isEqualTo("scripted UNAVAILABLE");
        assertThat(house.timing.waiting()).isZero();
    }

    @Test
    void aNamedTimeIsWaitedFor() {
        var answer =
                house.request(target(Access.WRITE), new ArrayDeque<>(List.of(house.limited(Duration.ofSeconds(11)))));
        house.advance(Duration.ofSeconds(10));
        assertThat(answer.isComplete()).isFalse();
        house.advance(Duration.ofSeconds(2));

        assertThat(answer.result()).isEqualTo("done");
        assertThat(house.moments).containsExactly(0L, 11_000L);
    }

    @Test
    void aNamedTimeBeyondTheDeadlineIsSaid() {
        var limited = house.limited(Duration.ofSeconds(40));

        var answer = house.request(
                target(Access.READ, Duration.ofSeconds(30), Cancellation.NEVER), new ArrayDeque<>(List.of(limited)));

        assertThat(failed(answer)).isSameAs(limited);
    }

    @Test
    void aRefusalForNowHoldsForAllOtherRequestsToo() {
        house.request(target(Access.READ), new ArrayDeque<>(List.of(house.limited(Duration.ofSeconds(60)))));

        var short30 = house.request(target(Access.READ, Duration.ofSeconds(30), Cancellation.NEVER));
        var patient = house.request(target(Access.READ));

        assertThat(failed(short30).reason()).isEqualTo(Reason.RATE_LIMITED);
        assertThat(failed(short30).retryAt()).contains(house.at(Duration.ofSeconds(60)));
        assertThat(house.sent).hasSize(1);
        house.advance(Duration.ofSeconds(61));
        assertThat(house.sent).hasSize(3);
        assertThat(patient.isComplete()).isFalse();
        house.answer(house.sent.size() - 1);
        house.answer(house.sent.size() - 2);
        assertThat(patient.succeeded()).isTrue();
    }

    @Test
    void aTimeThatNobodyCanWaitForIsNotBelieved() {
        house.request(target(Access.READ), new ArrayDeque<>(List.of(house.limited(Duration.ofDays(10_000)))));

        var next = house.request(target(Access.READ));

        assertThat(failed(next).retryAt()).contains(house.at(Duration.ofHours(1)));
    }

    @Test
    void whoCancelsWaitsNoLonger() {
        var cancellation = new TestCancellation();
        var answer = house.request(
                target(Access.READ, Duration.ofMinutes(1), cancellation),
                new ArrayDeque<>(List.of(failure(Reason.UNAVAILABLE))));

        cancellation.cancel();
        house.settle();

        assertThat(failed(answer).reason()).isEqualTo(Reason.CANCELLED);
        house.advance(Duration.ofSeconds(20));
        assertThat(house.sent).hasSize(1);
        assertThat(house.timing.waiting()).isZero();
    }

    @Test
    void nothingIsTriedAgainForWhoCancelled() {
        var cancellation = new TestCancellation();
        var answer = house.request(target(Access.READ, Duration.ofMinutes(1), cancellation));

        cancellation.cancel();
        house.fail(0, failure(Reason.UNAVAILABLE));

        assertThat(failed(answer).reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(house.sent).hasSize(1);
    }

    @Test
    void aSystemThatNeverAnswersEndsWithTheDeadline() {
        var read = house.request(target(Access.READ, Duration.ofSeconds(5), Cancellation.NEVER));
        var write = house.request(target(Access.WRITE, Duration.ofSeconds(5), Cancellation.NEVER));
        house.advance(Duration.ofSeconds(6));

        // The real clock has hardly moved, so there would be time for another read.
        assertThat(failed(write).getMessage())
                .isEqualTo("api.example.com did not answer in time; it may have happened, so check first");
        assertThat(read.isComplete()).isFalse();
        house.answer(0);
        assertThat(read.isComplete()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatTheConnectorThrowsIsAFailure(boolean none) {
        var answer = house.upstream.<String>request(target(Access.READ), () -> {
            if (none) {
                return null;
            }
            throw new IllegalStateException("bug");
        });
        house.settle();

        assertThat(answer.cause()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void fewRequestsAreUnderWayAtOnceAndManyWait() {
        rebuild(100_000, 3);
        var answers = new ArrayList<Future<String>>();
        for (int i = 0; i < 3 + Bulkhead.WAITING; i++) {
            answers.add(house.upstream.request(target(Access.READ), () -> keep(house)));
        }
        house.settle();
        assertThat(house.sent).hasSize(3);

        var more = house.request(target(Access.WRITE));

        assertThat(failed(more).reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(failed(more))
                .hasMessageContaining("256 requests wait for api.example.com already; nothing was sent");
        for (int i = 0; i < answers.size(); i++) {
            house.sent.get(i).complete("done");
            house.settle();
            assertThat(house.sent.size()).isEqualTo(Math.min(answers.size(), i + 4));
        }
        assertThat(answers).allMatch(Future::succeeded);
    }

    private static Future<String> keep(UpstreamHouse house) {
        var answer = Promise.<String>promise();
        house.sent.add(answer);
        return answer.future();
    }

    @Test
    void whoWaitsForATurnWaitsUntilTheDeadlineOrTheCancellation() {
        rebuild(1200, 1);
        var cancellation = new TestCancellation();
        house.request(target(Access.READ));
        var late = house.request(target(Access.WRITE, Duration.ofSeconds(5), Cancellation.NEVER));
        var cancelled = house.request(target(Access.WRITE, Duration.ofMinutes(5), cancellation));
        var patient = house.request(target(Access.WRITE));

        cancellation.cancel();
        house.advance(Duration.ofSeconds(6));

        assertThat(failed(late).reason()).isEqualTo(Reason.NOT_SENT);
        assertThat(failed(cancelled).reason()).isEqualTo(Reason.CANCELLED);
        assertThat(house.sent).hasSize(1);
        house.answer(0);
        assertThat(house.sent).hasSize(2);
        house.answer(1);
        assertThat(patient.result()).isEqualTo("done");
    }

    @Test
    void aBrokenHostIsLeftAlone() {
        for (int i = 0; i < 5; i++) {
            house.request(target(Access.WRITE), new ArrayDeque<>(List.of(failure(Reason.UNAVAILABLE))));
        }

        var refused = house.request(target(Access.READ));

        assertThat(house.sent).hasSize(5);
        assertThat(failed(refused).reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(failed(refused).retryAt()).contains(house.at(Duration.ofSeconds(10)));
        assertThat(failed(refused))
                .hasMessage(
                        "api.example.com has failed again and again, so it is left alone for 10 s; nothing was sent");
        var other =
                new Target("other.example.com", Access.READ, Deadline.after(Duration.ofMinutes(1)), Cancellation.NEVER);
        assertThat(house.request(other, new ArrayDeque<>()).result()).isEqualTo("done");
    }

    @Test
    void row25AHostWhoseAnswersAreTooLargeIsLeftAloneToo() {
        for (int i = 0; i < 5; i++) {
            var answer =
                    house.request(target(Access.READ), new ArrayDeque<>(List.of(failure(Reason.ANSWER_TOO_LARGE))));
            assertThat(failed(answer).reason()).isEqualTo(Reason.ANSWER_TOO_LARGE);
        }

        var refused = house.request(target(Access.READ));

        assertThat(house.sent).hasSize(5);
        assertThat(failed(refused)).hasMessageContaining("left alone for 10 s");
    }

    @Test
    void oneProbeDecides() {
        for (int i = 0; i < 5; i++) {
            house.request(target(Access.WRITE), new ArrayDeque<>(List.of(failure(Reason.TIMED_OUT))));
        }
        house.advance(Duration.ofSeconds(10));
        var probe = house.request(target(Access.WRITE));
        var meanwhile = house.request(target(Access.WRITE));
        assertThat(house.sent).hasSize(6);
        assertThat(failed(meanwhile).reason()).isEqualTo(Reason.UNAVAILABLE);

        house.fail(5, failure(Reason.NOT_SENT));
        house.advance(Duration.ofSeconds(3));
        assertThat(failed(probe).reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(failed(house.request(target(Access.READ))).reason()).isEqualTo(Reason.UNAVAILABLE);
        house.advance(Duration.ofSeconds(10));
        var second = house.request(target(Access.WRITE));
        house.answer(house.sent.size() - 1);

        assertThat(second.result()).isEqualTo("done");
        assertThat(house.request(target(Access.READ), new ArrayDeque<>()).result())
                .isEqualTo("done");
        assertThat(house.request(target(Access.READ), new ArrayDeque<>()).result())
                .isEqualTo("done");
    }

    @Test
    void aRefusalIsNoFault() {
        for (int i = 0; i < 30; i++) {
            house.request(target(Access.WRITE), new ArrayDeque<>(List.of(failure(Reason.REFUSED))));
        }

        assertThat(house.request(target(Access.READ), new ArrayDeque<>()).result())
                .isEqualTo("done");
    }

    @Test
    void halfOfTwentyIsTooMuch() {
        for (int i = 0; i < 20; i++) {
            var script = i % 2 == 0 ? List.<Throwable>of(failure(Reason.UNAVAILABLE)) : List.<Throwable>of();
            house.request(target(Access.WRITE), new ArrayDeque<>(script));
        }

        assertThat(failed(house.request(target(Access.READ))).reason()).isEqualTo(Reason.UNAVAILABLE);
    }

    @Test
    void whatIsLongAgoDoesNotCount() {
        for (int i = 0; i < 40; i++) {
            var script = i % 2 == 0 ? List.<Throwable>of(failure(Reason.UNAVAILABLE)) : List.<Throwable>of();
            house.request(target(Access.WRITE), new ArrayDeque<>(script));
            house.advance(Duration.ofSeconds(2));
        }

        assertThat(house.request(target(Access.READ), new ArrayDeque<>()).result())
                .isEqualTo("done");
    }

    @Test
    void theBudgetIsKeptAndRefills() {
        rebuild(300, 1000);
        for (int i = 0; i < 300; i++) {
            house.upstream.request(target(Access.READ), () -> keep(house));
        }
        house.settle();
        assertThat(house.sent).hasSize(300);

        var waits = house.request(target(Access.WRITE));
        var hurried = house.request(target(Access.WRITE, Duration.ofMillis(500), Cancellation.NEVER));

        assertThat(house.sent).hasSize(300);
        assertThat(failed(hurried).reason()).isEqualTo(Reason.RATE_LIMITED);
        assertThat(failed(hurried).retryAt()).isPresent();
        house.advance(Duration.ofMillis(1000));
        assertThat(house.sent).hasSize(301);
        assertThat(waits.isComplete()).isFalse();
    }

    @Test
    void whatTheSystemSaysOfItsLimitIsFollowed() {
        house.upstream.remaining(2, Duration.ofSeconds(60));
        house.request(target(Access.READ));
        house.request(target(Access.READ));
        var third = house.request(target(Access.READ));
        var hurried = house.request(target(Access.READ, Duration.ofSeconds(30), Cancellation.NEVER));

        assertThat(house.sent).hasSize(2);
        assertThat(failed(hurried).reason()).isEqualTo(Reason.RATE_LIMITED);
        house.advance(Duration.ofSeconds(59));
        assertThat(house.sent).hasSize(2);
        house.advance(Duration.ofSeconds(2));
        assertThat(house.sent).hasSize(3);
        assertThat(third.isComplete()).isFalse();
    }

    @Test
    void noneLeftMeansNone() {
        house.upstream.remaining(0, Duration.ofSeconds(60));

        var hurried = house.request(target(Access.READ, Duration.ofSeconds(30), Cancellation.NEVER));

        assertThat(failed(hurried).retryAt()).contains(house.at(Duration.ofSeconds(60)));
        house.upstream.remaining(1000, Duration.ofSeconds(300));
        assertThat(house.sent).isEmpty();
    }

    @Test
    void theWaysOutAreBounded() {
        var made = new Recent<Integer, String>(10, i -> "value " + i);
        for (int i = 0; i < 100; i++) {
            assertThat(made.get(i)).isEqualTo("value " + i);
            made.get(0);
        }

        assertThat(made.size()).isEqualTo(10);
    }

    @Test
    void aRequestIsMadeOnTheContextOfWhoAsked() {
        var context = house.vertx.getOrCreateContext();
        var seen = new ArrayList<Boolean>();
        var script = new ArrayDeque<Throwable>(List.of(failure(Reason.UNAVAILABLE)));

        context.runOnContext(on -> house.upstream
                .<String>request(target(Access.READ), () -> {
                    seen.add(Vertx.currentContext() == context);
                    var failure = script.poll();
                    return failure == null ? Future.succeededFuture("done") : Future.failedFuture(failure);
                })
                .onComplete(done -> seen.add(Vertx.currentContext() == context)));
        house.settle();
        house.advance(Duration.ofSeconds(3));

        assertThat(seen).containsExactly(true, true, true);
    }
}
