package symbolai.mcp.server.approvals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static symbolai.mcp.server.approvals.ApprovalHouse.ADMIN;
import static symbolai.mcp.server.approvals.ApprovalHouse.AGENT;
import static symbolai.mcp.server.approvals.ApprovalHouse.OPERATOR;
import static symbolai.mcp.server.approvals.ApprovalHouse.OTHER_ADMIN;
import static symbolai.mcp.server.approvals.ApprovalHouse.details;
import static symbolai.mcp.server.approvals.ApprovalHouse.done;
import static symbolai.mcp.server.approvals.ApprovalHouse.proposal;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Credential;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.server.approvals.Approval.State;

class ApprovalsTest {

    @TempDir
    Path folder;

    private ApprovalHouse house;

    @BeforeEach
    void open() {
        house = new ApprovalHouse(folder);
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void aGrantedCallIsUsedOnce() {
        var granted = house.granted(proposal());

        done(house.approvals.use(granted, proposal()));

        assertThat(reason(house.approvals.use(granted, proposal()))).isEqualTo(Reason.CONFLICT);
        assertThat(stateOf(granted)).isEqualTo(State.USED);
        assertThat(house.records("approval."))
                .extracting(record -> record.getString("event"))
                .containsExactly("approval.requested", "approval.granted", "approval.used");
        assertThat(house.records("approval."))
                .allMatch(record -> record.getString("approval").equals(granted.id()));
    }

    @Test
    void ofAHundredWhoUseItAtOnceOneDoes() {
        var granted = house.granted(proposal());

        var tries = IntStream.range(0, 100)
                .mapToObj(number ->
                        house.approvals.use(granted, proposal()).map(true).otherwise(false))
                .toList();

        var winners = tries.stream().filter(ApprovalHouse::done).count();
        assertThat(winners).isEqualTo(1);
    }

    static Stream<Arguments> otherCalls() {
        var same = proposal();
        var arguments = same.arguments();
        return Stream.of(
                Arguments.of(
                        "a byte of an argument", changed(same, arguments.copy().put("databaseId", "shoP"))),
                Arguments.of("one argument more", changed(same, arguments.copy().put("x", 1))),
                Arguments.of(
                        "a number for a text", changed(same, arguments.copy().put("databaseId", 1))),
                Arguments.of(
                        "another order of statements",
                        changed(
                                same,
                                arguments
                                        .copy()
                                        .put(
                                                "statements",
                                                new JsonArray().add("b").add("a")))),
                Arguments.of("another requester", proposal(OTHER_ADMIN, arguments)),
                Arguments.of("another tool", other(same, "d1_import", "c1", 7, "agents")),
                Arguments.of("another connection", other(same, same.tool(), "c2", 7, "agents")),
                Arguments.of("other rules", other(same, same.tool(), "c1", 8, "agents")),
                Arguments.of("another rule", other(same, same.tool(), "c1", 7, "r2")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("otherCalls")
    void anApprovalIsGoodForTheVeryCallOnly(String what, Proposal other) {
        var granted = house.granted(proposal());

        assertThat(reason(house.approvals.use(granted, other))).isEqualTo(Reason.CONFLICT);
        assertThat(done(house.approvals.find(other))).isEmpty();
        assertThat(house.asked(other).id()).isNotEqualTo(granted.id());
        assertThat(stateOf(granted)).isEqualTo(State.GRANTED);
    }

    @Test
    void theOrderOfMembersIsNoOtherCall() {
        var there = proposal(AGENT, new JsonObject().put("a", 1).put("b", 2));
        var back = proposal(AGENT, new JsonObject().put("b", 2).put("a", 1));

        assertThat(house.asked(back).id()).isEqualTo(house.asked(there).id());
    }

    @Test
    void theSameCallFindsItsRequestAndIsNotShownTwice() {
        var first = house.asked();

        var again = done(house.approvals.request(proposal(), details(proposal())));

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(house.records("approval.requested")).hasSize(1);
    }

    @Test
    void anApprovalExpires() {
        var granted = house.granted(proposal());
        var waiting = house.asked(proposal(AGENT, new JsonObject()));
        house.clock.advance(Duration.ofMinutes(15));

        assertThat(reason(house.approvals.use(granted, proposal()))).isEqualTo(Reason.CONFLICT);
        assertThat(reason(house.approvals.decisions().grant(ADMIN, waiting.id(), "")))
                .isEqualTo(Reason.CONFLICT);
        assertThat(done(house.approvals.find(proposal()))).isEmpty();
        assertThat(stateOf(granted)).isEqualTo(State.EXPIRED);
        done(house.approvals.sweep());
        done(house.approvals.sweep());
        assertThat(house.records("approval.expired")).hasSize(2);
        assertThat(house.asked().id()).isNotEqualTo(granted.id());
    }

    @Test
    void aRestartForgetsNothing() {
        var asked = house.asked();

        house.restart();
        var granted = done(house.approvals.decisions().grant(ADMIN, asked.id(), "fine"));
        house.restart();
        done(house.approvals.use(granted, proposal()));

        var shown = done(house.approvals.decisions().show(ADMIN, asked.id()));
        assertThat(shown.state()).isEqualTo(State.USED);
        assertThat(shown.details().orElseThrow().arguments())
                .isEqualTo(proposal().arguments());
        assertThat(shown.details()
                        .orElseThrow()
                        .preview()
                        .orElseThrow()
                        .steps()
                        .get(0)
                        .rows())
                .hasValue(3);
        assertThat(shown.votes()).singleElement().matches(vote -> vote.note().equals("fine"));
    }

    static Stream<Arguments> nobodies() {
        return Stream.of(
                Arguments.of(
                        "the requester, signed in",
                        ApprovalHouse.caller("ada", Role.ADMIN, Credential.signIn("s")),
                        Reason.REFUSED),
                Arguments.of("an operator", OPERATOR, Reason.NOT_FOUND),
                Arguments.of(
                        "an auditor",
                        ApprovalHouse.caller("eve", Role.AUDITOR, Credential.signIn("s")),
                        Reason.NOT_FOUND),
                Arguments.of(
                        "an admin's agent",
                        ApprovalHouse.caller("bob", Role.ADMIN, Credential.key("k", List.of(), true)),
                        Reason.NOT_FOUND),
                Arguments.of(
                        "an admin's key",
                        ApprovalHouse.caller("bob", Role.ADMIN, Credential.key("k", List.of(), false)),
                        Reason.REFUSED),
                Arguments.of(
                        "an admin's limited key",
                        ApprovalHouse.caller("bob", Role.ADMIN, Credential.key("k", List.of("*"), false)),
                        Reason.NOT_FOUND),
                Arguments.of(
                        "a program of an admin",
                        ApprovalHouse.caller("bob", Role.ADMIN, Credential.token("g", "client", Set.of())),
                        Reason.NOT_FOUND));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nobodies")
    void notEverybodyDecides(String who, Caller caller, Reason expected) {
        var asked = house.asked();

        assertThat(reason(house.approvals.decisions().grant(caller, asked.id(), "")))
                .isEqualTo(expected);
        assertThat(reason(house.approvals.decisions().deny(caller, asked.id(), "no")))
                .isEqualTo(expected);
        assertThat(stateOf(asked)).isEqualTo(State.REQUESTED);
    }

    @Test
    void row4AForeignApprovalIdIsNotFoundAndAudited() {
        var asked = house.asked();

        assertThat(reason(house.approvals.decisions().show(OPERATOR, asked.id())))
                .isEqualTo(Reason.NOT_FOUND);
        assertThat(reason(house.approvals.decisions().show(OPERATOR, "0".repeat(32))))
                .isEqualTo(Reason.NOT_FOUND);

        assertThat(done(house.approvals.decisions().list(OPERATOR, Optional.empty())))
                .isEmpty();
        assertThat(house.records("session.foreign"))
                .singleElement()
                .matches(record -> record.getString("caller").equals(OPERATOR.id())
                        && record.getString("approval").equals(asked.id()));
    }

    @Test
    void aRuleMayNameApprovers() {
        var byRole = with(named(Set.of(Role.OPERATOR), List.of()));
        var byName = new Proposal(
                AGENT, "", "kv_put", new JsonObject(), "c1", "", 7, "r1", "", named(Set.of(), List.of("DAN")));

        done(house.approvals.decisions().grant(OPERATOR, house.asked(byRole).id(), ""));
        done(house.approvals.decisions().grant(OPERATOR, house.asked(byName).id(), ""));

        assertThat(done(house.approvals.decisions().list(OPERATOR, Optional.of(State.GRANTED))))
                .hasSize(2);
    }

    @Test
    void twoMustApproveWhereTwoAreAskedFor() {
        var proposal = with(Approvers.ADMINS.atLeast(2));
        var asked = house.asked(proposal);

        var once = done(house.approvals.decisions().grant(ADMIN, asked.id(), ""));
        assertThat(once.state()).isEqualTo(State.REQUESTED);
        assertThat(reason(house.approvals.use(once, proposal))).isEqualTo(Reason.CONFLICT);
        assertThat(reason(house.approvals.decisions().grant(ADMIN, asked.id(), "")))
                .isEqualTo(Reason.CONFLICT);

        assertThat(done(house.approvals.decisions().grant(OTHER_ADMIN, asked.id(), ""))
                        .state())
                .isEqualTo(State.GRANTED);
    }

    @Test
    void whoLostTheRightMeanwhileHasNotApproved() {
        var asked = house.asked(with(Approvers.ADMINS.atLeast(2)));
        done(house.approvals.decisions().grant(ADMIN, asked.id(), ""));
        done(house.users.setRole(ADMIN.id(), "viewer", 0));

        var second = done(house.approvals.decisions().grant(OTHER_ADMIN, asked.id(), ""));

        assertThat(second.state()).isEqualTo(State.REQUESTED);
    }

    @Test
    void anApprovalIsNotUsedAfterTheOneWhoGaveItLostTheRight() {
        var granted = house.granted(proposal());
        done(house.users.setRole(ADMIN.id(), "viewer", 0));

        assertThatThrownBy(() -> done(house.approvals.use(granted, proposal())))
                .hasMessageContaining("may not approve any more");
        assertThat(house.records("approval.used")).isEmpty();
        var again = done(house.approvals.decisions().grant(OTHER_ADMIN, granted.id(), ""));
        assertThat(again.state()).isEqualTo(State.GRANTED);
    }

    @Test
    void theSecondMayDeny() {
        var asked = house.asked(with(Approvers.ADMINS.atLeast(2)));
        done(house.approvals.decisions().grant(ADMIN, asked.id(), ""));

        var denied = done(house.approvals.decisions().deny(OTHER_ADMIN, asked.id(), "not today"));

        assertThat(denied.state()).isEqualTo(State.DENIED);
        assertThat(denied.denial().orElseThrow().note()).isEqualTo("not today");
        assertThat(house.records("approval.denied"))
                .singleElement()
                .matches(record -> record.getString("reason").equals("not today"));
    }

    @Test
    void aDenialNeedsAReasonAndIsFinal() {
        var asked = house.asked();

        assertThat(reason(house.approvals.decisions().deny(ADMIN, asked.id(), "  ")))
                .isEqualTo(Reason.INVALID);
        done(house.approvals.decisions().deny(ADMIN, asked.id(), "no"));
        assertThat(reason(house.approvals.decisions().grant(OTHER_ADMIN, asked.id(), "")))
                .isEqualTo(Reason.CONFLICT);
        assertThat(done(house.approvals.find(proposal())).orElseThrow().state()).isEqualTo(State.DENIED);
    }

    @Test
    void ofManyWhoDecideAtOnceOneDecides() {
        var asked = house.asked();

        var tries = IntStream.range(0, 20)
                .mapToObj(number -> (number % 2 == 0
                                ? house.approvals.decisions().grant(ADMIN, asked.id(), "")
                                : house.approvals.decisions().deny(OTHER_ADMIN, asked.id(), "no"))
                        .map(true)
                        .otherwise(false))
                .toList();

        assertThat(tries.stream().filter(ApprovalHouse::done).count()).isEqualTo(1);
        assertThat(house.records("approval.granted").size()
                        + house.records("approval.denied").size())
                .isEqualTo(1);
    }

    @Test
    void withoutAnybodyWhoCouldApproveItIsRefused() {
        done(house.users.setRole(ADMIN.id(), "viewer", 0));
        done(house.users.setRole(OTHER_ADMIN.id(), "viewer", 0));

        assertThatThrownBy(() -> house.asked())
                .isInstanceOfSatisfying(
                        ToolException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.REFUSED))
                .hasMessageContaining("there is nobody else who could give it (admins)");
        assertThat(house.records("approval.")).isEmpty();
    }

    @Test
    void oneUserHasTwentyRequestsOpen() {
        IntStream.range(0, 20).forEach(number -> house.asked(numbered(number)));

        assertThat(reason(house.approvals.request(numbered(20), details(numbered(20)))))
                .isEqualTo(Reason.RATE_LIMITED);
        assertThat(house.asked(numbered(3)).state()).isEqualTo(State.REQUESTED);
        house.asked(proposal(OTHER_ADMIN, new JsonObject()));
        done(house.approvals.decisions().grant(ADMIN, house.asked(numbered(3)).id(), ""));
        house.asked(numbered(20));
    }

    @Test
    void argumentsThatNobodyCouldReadAreRefused() {
        var long_ = proposal(AGENT, new JsonObject().put("sql", "x".repeat(300_000)));

        assertThat(reason(house.approvals.request(long_, details(long_)))).isEqualTo(Reason.REFUSED);
    }

    @Test
    void whatCannotBeWrittenDownDoesNotHappen() {
        var waiting = house.asked();
        var granted = house.granted(numbered(1));
        house.loseAudit();

        assertThat(reason(house.approvals.request(numbered(2), details(numbered(2)))))
                .isEqualTo(Reason.UNAVAILABLE);
        assertThat(done(house.approvals.find(numbered(2)))).isEmpty();
        assertThat(reason(house.approvals.decisions().grant(ADMIN, waiting.id(), "")))
                .isEqualTo(Reason.UNAVAILABLE);
        assertThat(stateOf(waiting)).isEqualTo(State.REQUESTED);
        assertThat(reason(house.approvals.use(granted, numbered(1)))).isEqualTo(Reason.UNAVAILABLE);
    }

    @Test
    void eachRoundOfAnApprovedCallIsTakenOnce() {
        var granted = house.granted(proposal());
        assertThat(reason(house.approvals.goOn(granted.id(), 0, proposal()))).isEqualTo(Reason.CONFLICT);
        done(house.approvals.use(granted, proposal()));

        done(house.approvals.goOn(granted.id(), 1, proposal()));

        assertThat(reason(house.approvals.goOn(granted.id(), 1, proposal()))).isEqualTo(Reason.CONFLICT);
        assertThat(reason(house.approvals.goOn(granted.id(), 2, numbered(2)))).isEqualTo(Reason.CONFLICT);
        done(house.approvals.goOn(granted.id(), 2, proposal()));
    }

    @Test
    void anApprovedCallDoesNotGoOnWhenTheTimeIsOver() {
        var granted = house.granted(proposal());
        done(house.approvals.use(granted, proposal()));

        house.clock.advance(Duration.between(granted.created(), granted.expires()));

        assertThat(reason(house.approvals.goOn(granted.id(), 1, proposal()))).isEqualTo(Reason.CONFLICT);
    }

    @Test
    void whoAsksIsNotToldWhatThePreviewFound() {
        var asked = house.asked();

        var own = done(house.approvals.decisions().show(AGENT, asked.id()))
                .details()
                .orElseThrow();
        var whole = done(house.approvals.decisions().show(ADMIN, asked.id()))
                .details()
                .orElseThrow();

        assertThat(whole.preview().orElseThrow().steps())
                .singleElement()
                .matches(step -> step.rows().isPresent() && !step.plan().isEmpty());
        assertThat(own.arguments()).isEqualTo(whole.arguments());
        assertThat(own.preview().orElseThrow().steps())
                .singleElement()
                .matches(step -> step.text().equals("DELETE FROM t")
                        && step.rows().isEmpty()
                        && step.plan().isEmpty()
                        && step.note().isEmpty());
    }

    @Test
    void aDecisionThatDidNotHappenIsRecordedAsOne() {
        var asked = house.asked();
        var beside = house.beside().decisions();

        var both = List.of(
                house.approvals.decisions().grant(ADMIN, asked.id(), ""), beside.grant(OTHER_ADMIN, asked.id(), ""));
        done(Future.join(both).otherwiseEmpty());

        var failed = both.stream().filter(Future::failed).count();
        assertThat(failed).isEqualTo(1);
        assertThat(house.records("approval.granted"))
                .hasSize(3)
                .filteredOn(record -> "failed".equals(record.getString("outcome")))
                .hasSize(1);
    }

    @Test
    void whoWaitsIsToldAtOnce() {
        var asked = house.asked();
        var waiting = house.approvals.await(asked, Duration.ofMinutes(10));

        done(house.approvals.decisions().grant(ADMIN, asked.id(), ""));

        done(waiting);
        done(house.approvals.await(asked, Duration.ofMillis(5)));
    }

    @Test
    void aRequestIsSettledByTheLastVoteItNeeds() {
        var asked = house.asked(with(Approvers.ADMINS.atLeast(2)));
        var settled = house.approvals.settled(asked);

        done(house.approvals.decisions().grant(ADMIN, asked.id(), ""));
        done(house.approvals.await(asked, Duration.ofMillis(5)));
        var early = settled.isComplete();
        done(house.approvals.decisions().grant(OTHER_ADMIN, asked.id(), ""));

        assertThat(early).isFalse();
        done(settled);
        done(house.approvals.settled(asked));
    }

    @Test
    void theStoreHasNoArgumentInClear() throws IOException {
        house.asked(proposal(AGENT, new JsonObject().put("sql", "canary-7d1f")));

        try (var files = Files.walk(folder)) {
            var texts =
                    files.filter(Files::isRegularFile).map(ApprovalsTest::text).toList();
            assertThat(texts).anyMatch(text -> text.contains("the account shop"));
            assertThat(texts).noneMatch(text -> text.contains("canary-7d1f"));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private State stateOf(Approval approval) {
        return done(house.approvals.decisions().show(ADMIN, approval.id())).state();
    }

    private static Proposal numbered(int number) {
        return proposal(AGENT, new JsonObject().put("number", number));
    }

    private static Approvers named(Set<Role> roles, List<String> users) {
        return new Approvers(List.of(new Approvers.Named(roles, users)), 1);
    }

    @Test
    void whereSeveralRulesAskOnlyThoseDecideWhoAreNamedByEach() {
        var operators = new Approvers.Named(Set.of(Role.OPERATOR), List.of());
        var nobody = new Approvers.Named(Set.of(), List.of());
        var dan = new Approvers.Named(Set.of(), List.of("dan"));
        var admins = house.asked(with(new Approvers(List.of(operators, nobody), 1)));

        assertThat(reason(house.approvals.decisions().grant(OPERATOR, admins.id(), "")))
                .isEqualTo(Reason.NOT_FOUND);
        assertThat(done(house.approvals.decisions().grant(ADMIN, admins.id(), ""))
                        .state())
                .isEqualTo(State.GRANTED);

        var both = house.asked(new Proposal(
                AGENT,
                "",
                "kv_put",
                new JsonObject(),
                "c1",
                "",
                7,
                "r1",
                "",
                new Approvers(List.of(operators, dan), 1)));
        assertThat(done(house.approvals.decisions().grant(OPERATOR, both.id(), ""))
                        .state())
                .isEqualTo(State.GRANTED);
    }

    private static Proposal with(Approvers approvers) {
        return new Proposal(AGENT, "", "d1_execute", new JsonObject(), "c1", "", 7, "r1", "", approvers);
    }

    private static Proposal changed(Proposal same, JsonObject arguments) {
        return proposal(same.caller(), arguments);
    }

    private static Proposal other(Proposal same, String tool, String connection, long policy, String rule) {
        return new Proposal(
                same.caller(),
                same.client(),
                tool,
                same.arguments(),
                connection,
                same.account(),
                policy,
                rule,
                "",
                same.approvers());
    }

    private static Reason reason(Future<?> future) {
        try {
            done(future);
        } catch (ToolException refused) {
            return refused.reason();
        }
        throw new AssertionError("it was not refused");
    }
}
