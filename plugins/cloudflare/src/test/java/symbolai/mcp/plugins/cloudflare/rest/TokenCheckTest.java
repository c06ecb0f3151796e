package symbolai.mcp.plugins.cloudflare.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.api.Verified;
import symbolai.mcp.api.Verified.State;
import symbolai.mcp.plugins.cloudflare.faults.Answer;
import symbolai.mcp.plugins.cloudflare.faults.CloudAnswers;
import symbolai.mcp.plugins.cloudflare.faults.Seen;
import symbolai.mcp.testkit.Answers;
import symbolai.mcp.testkit.FakeUpstream;

/** What is found out about a token when a caller connects. */
class TokenCheckTest {

    private static final String ACTIVE = "{\"id\":\"t1\",\"status\":\"active\"}";
    private static final String OURS = "[{\"id\":\"" + CloudFixture.ACCOUNT + "\",\"name\":\"Ours\"}]";
    private static final String USER = "GET /client/v4/user/tokens/verify";
    private static final String ACCOUNT = "GET /client/v4/accounts/" + CloudFixture.ACCOUNT + "/tokens/verify";
    private static final Answer NO = Answer.error(403, 10000, "Authentication error");

    @TempDir
    Path folder;

    static Stream<Arguments> kinds() {
        return Stream.of(
                arguments("cfut_0123456789", Map.of(USER, Answer.result(ACTIVE)), USER),
                arguments("cfoat_0123456789", Map.of(USER, Answer.result(ACTIVE)), USER),
                arguments("cfat_0123456789", Map.of(ACCOUNT, Answer.result(ACTIVE)), ACCOUNT),
                arguments("0123456789abcdefABCDEF", Map.of(USER, Answer.result(ACTIVE)), USER),
                arguments(
                        "0123456789abcdefABCDEF",
                        Map.of(USER, NO, ACCOUNT, Answer.result(ACTIVE)),
                        USER + ", " + ACCOUNT));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void eachKindOfTokenIsAskedAboutAtItsPlace(String token, Map<String, Answer> answers, String asked) {
        try (var cloud = new CloudFixture(folder, answers(answers))) {
            var verified = Answers.await(verify(cloud, token));

            assertThat(verified.account()).isEqualTo(new Verified.Account(CloudFixture.ACCOUNT, "Ours"));
            assertThat(String.join(
                            ", ",
                            cloud.seen().stream()
                                    .map(Seen::line)
                                    .filter(line -> line.endsWith("/verify"))
                                    .toList()))
                    .isEqualTo(asked);
        }
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                arguments("cfk_0123456789abcdef", Map.of(), "Global API Key"),
                arguments("0123456789abcdef0123456789abcdef01234", Map.of(), "Global API Key"),
                arguments("short", Map.of(), "10 to 500"),
                arguments("with a space in it", Map.of(), "10 to 500"),
                arguments("cfut_0123456789", Map.of(USER, NO), "does not accept this token"),
                arguments(
                        "cfut_0123456789",
                        Map.of(USER, Answer.result("{\"id\":\"t\",\"status\":\"disabled\"}")),
                        "is disabled"),
                arguments(
                        "cfut_0123456789",
                        Map.of(USER, Answer.result("{\"id\":\"t\",\"status\":\"expired\"}")),
                        "is expired"),
                arguments(
                        "cfut_0123456789",
                        Map.of(
                                USER,
                                Answer.result(
                                        "{\"id\":\"t\",\"status\":\"active\",\"expires_on\":\"2020-01-01T00:00:00Z\"}")),
                        "ended at 2020"),
                arguments(
                        "cfut_0123456789",
                        Map.of(
                                USER,
                                Answer.result(
                                        "{\"id\":\"t\",\"status\":\"active\",\"not_before\":\"2999-01-01T00:00:00Z\"}")),
                        "from 2999"),
                arguments(
                        "cfut_0123456789",
                        Map.of(
                                USER,
                                Answer.result(ACTIVE),
                                "GET /client/v4/accounts?page=1&per_page=50",
                                Answer.result("[{\"id\":\"" + "f".repeat(32) + "\",\"name\":\"Theirs\"}]")),
                        "it reaches " + "f".repeat(32) + " (Theirs)"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatCannotWorkIsRefusedWithTheCause(String token, Map<String, Answer> answers, String cause) {
        try (var cloud = new CloudFixture(folder, answers(answers))) {
            var failure = Answers.failure(verify(cloud, token));

            assertThat(failure.reason()).isEqualTo(Reason.REFUSED);
            assertThat(failure).hasMessageContaining(cause);
            assertThat(failure.getMessage()).doesNotContain(token);
        }
    }

    @Test
    void anUpstreamThatIsDownRefusesNobody() {
        try (var cloud = new CloudFixture(folder, seen -> Answer.json(503, ""))) {
            assertThat(Answers.failure(verify(cloud, "cfut_0123456789")).reason())
                    .isEqualTo(Reason.UNAVAILABLE);
        }
    }

    @Test
    void whereAccountsMayNotBeListedTheGivenOneIsTaken() {
        var answers = Map.of(
                ACCOUNT,
                Answer.result(ACTIVE),
                "GET /client/v4/accounts?page=1&per_page=50",
                Answer.error(400, 1001, "does not support account owned tokens"));
        try (var cloud = new CloudFixture(folder, answers(answers))) {
            var verified = Answers.await(verify(cloud, "cfat_0123456789"));

            assertThat(verified.accounts()).extracting(Verified.Account::id).containsExactly(CloudFixture.ACCOUNT);
            assertThat(state(verified, "Workers Builds Configuration:Read")).isEqualTo(State.MISSING);
        }
    }

    @Test
    void aListOfAccountsThatNeverEndsIsLeft() {
        var more = Answer.result(OURS, "{\"total_pages\":1000000}");
        Function<Seen, Answer> answers = seen -> seen.path().endsWith("/accounts")
                ? more
                : answers(Map.of(USER, Answer.result(ACTIVE))).apply(seen);
        try (var cloud = new CloudFixture(folder, answers)) {
            var verified = Answers.await(verify(cloud, "cfut_0123456789"));

            assertThat(verified.accounts()).hasSize(1);
            assertThat(cloud.seen().stream().filter(seen -> seen.path().endsWith("/accounts")))
                    .hasSizeLessThan(4);
        }
    }

    @Test
    void permissionsAreFoundByReadingAndByPolicies() {
        var soon = Instant.now().plusSeconds(86_400).toString();
        var answers = Map.of(
                USER,
                Answer.result("{\"id\":\"t1\",\"status\":\"active\",\"expires_on\":\"" + soon + "\"}"),
                "GET /client/v4/user/tokens/t1",
                Answer.result(
                        "{\"policies\":[{\"effect\":\"allow\",\"permission_groups\":[{\"name\":\"D1 Write\"},{\"name\":\"D1 Read\"}]}]}"),
                "GET /client/v4/accounts/" + CloudFixture.ACCOUNT + "/r2/buckets?per_page=10",
                NO);
        try (var cloud = new CloudFixture(folder, answers(answers))) {
            var verified = Answers.await(verify(cloud, "cfut_0123456789"));

            assertThat(state(verified, "D1:Read")).isEqualTo(State.GRANTED);
            assertThat(state(verified, "D1:Edit")).isEqualTo(State.GRANTED);
            assertThat(state(verified, "Workers R2 Storage:Read")).isEqualTo(State.MISSING);
            assertThat(state(verified, "Workers R2 Storage:Edit")).isEqualTo(State.UNKNOWN);
            assertThat(state(verified, "Account Analytics:Read")).isEqualTo(State.GRANTED);
            assertThat(verified.expires()).isPresent();
            assertThat(verified.warnings())
                    .anySatisfy(warning -> assertThat(warning).contains("ends at"))
                    .anySatisfy(warning -> assertThat(warning).contains("Workers R2 Storage:Read"));
            assertThat(cloud.seen())
                    .allMatch(seen -> seen.method().equals("GET")
                            || seen.path().endsWith("/graphql")
                            || seen.path().endsWith("/telemetry/keys"));
        }
    }

    private static State state(Verified verified, String permission) {
        return verified.permissions().stream()
                .filter(found -> found.name().equals(permission))
                .findFirst()
                .orElseThrow()
                .state();
    }

    private static Future<Verified> verify(CloudFixture cloud, String token) {
        return Future.succeededFuture(CloudFixture.credentials(token))
                .compose(credentials -> cloud.backend().verify(credentials, new FakeUpstream()));
    }

    /** The given answers before those that are always good. */
    private static Function<Seen, Answer> answers(Map<String, Answer> given) {
        var all =
                new TreeMap<String, Answer>(Map.of("GET /client/v4/accounts?page=1&per_page=50", Answer.result(OURS)));
        all.putAll(given);
        var good = new CloudAnswers();
        return seen -> all.getOrDefault(seen.line(), good.apply(seen));
    }
}
