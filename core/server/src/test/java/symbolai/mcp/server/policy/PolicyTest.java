package symbolai.mcp.server.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Credential;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolAnnotations;
import symbolai.mcp.api.ToolResult;
import symbolai.mcp.server.config.ToolsConfig;

class PolicyTest {

    private static final Tool READS = tool("d1_query", ToolAnnotations.READ_ONLY);
    private static final Tool WRITES = tool("d1_execute", ToolAnnotations.DESTRUCTIVE);
    private static final Tool ADDS = tool("d1_create", ToolAnnotations.ADDITIVE);

    private final Policy policy = policy(true);

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"VIEWER", "OPERATOR", "AUDITOR"})
    void onlyAdminsCall(Role role) {
        var decision = policy.decide(caller(role), READS);

        assertThat(decision.allowed()).isFalse();
        assertThat(decision.reason())
                .isEqualTo(
                        role == Role.AUDITOR
                                ? "auditors read the audit log and call no tools"
                                : "no rule opens it to you, and you are a" + (role == Role.OPERATOR ? "n " : " ")
                                        + role.text());
        assertThat(policy.decideReading(caller(role), List.of(READS), Reach.UNKNOWN)
                        .allowed())
                .isFalse();
    }

    @Test
    void anAdminCallsEverything() {
        assertThat(policy.decide(caller(Role.ADMIN), READS).allowed()).isTrue();
        assertThat(policy.decide(caller(Role.ADMIN), WRITES).allowed()).isTrue();
        assertThat(policy.decideReading(caller(Role.ADMIN), List.of(), Reach.UNKNOWN)
                        .allowed())
                .isTrue();
    }

    @Test
    void aKeyIsLimitedToItsTools() {
        var caller = caller(Role.ADMIN, "kv_*", "d1_q*");

        assertThat(policy.decide(caller, READS).allowed()).isTrue();
        assertThat(policy.decide(caller, WRITES).allowed()).isFalse();
        assertThat(policy.decideReading(caller, List.of(READS), Reach.UNKNOWN).allowed())
                .isTrue();
        assertThat(policy.decideReading(caller, List.of(READS, WRITES), Reach.UNKNOWN)
                        .allowed())
                .isFalse();
        assertThat(policy.decideReading(caller, List.of(WRITES), Reach.UNKNOWN).allowed())
                .isFalse();
    }

    @Test
    void readingTakesEveryToolThatShowsWhatIsRead() {
        var info = tool("d1_database_info", ToolAnnotations.READ_ONLY);

        assertThat(policy.decideReading(caller(Role.ADMIN, "d1_q*"), List.of(READS, info), Reach.UNKNOWN)
                        .reason())
                .isEqualTo("your API key is limited to the tools d1_q*");
        assertThat(policy.decideReading(caller(Role.ADMIN, "d1_*"), List.of(READS, info), Reach.UNKNOWN)
                        .allowed())
                .isTrue();
    }

    @Test
    void aRuleForOneOfTheToolsIsOneForWhatIsReadWithAll() {
        var info = tool("d1_database_info", ToolAnnotations.READ_ONLY);
        var all = new JsonObject().put("id", "all").put("effect", "allow").put("rows", 9);
        var some = new JsonObject().put("id", "some").put("tools", "d1_q*");
        var both = List.of(info, READS);

        assertThat(reading(both, all, some.copy().put("effect", "deny")).outcome())
                .isEqualTo(Decision.Outcome.REFUSED);
        assertThat(reading(both, all, some.copy().put("effect", "approve")).outcome())
                .isEqualTo(Decision.Outcome.APPROVAL);
        assertThat(reading(both, some.copy().put("effect", "allow").put("bytes", 7), all)
                        .caps())
                .isEqualTo(new Caps(OptionalLong.of(9), OptionalLong.of(7)));
    }

    private Decision reading(List<Tool> tools, JsonObject... rules) {
        policy.install(RuleSet.of(2, Stream.of(rules).map(RuleReader::read).toList(), false));
        return policy.decideReading(caller(Role.ADMIN), tools, Reach.UNKNOWN);
    }

    @Test
    void writingCanBeSwitchedOff() {
        var readOnly = policy(false);

        assertThat(readOnly.decide(caller(Role.ADMIN), READS).allowed()).isTrue();
        assertThat(readOnly.decide(caller(Role.ADMIN), WRITES).allowed()).isFalse();
        assertThat(readOnly.decide(caller(Role.ADMIN), ADDS).allowed()).isFalse();
    }

    @Test
    void theWritesOfAnAgentsKeyWaitForAnApproval() {
        var agent = new Caller("u1", "ada", Role.ADMIN, Credential.key("k1", List.of(), true), "local");

        assertThat(policy.decide(agent, READS).outcome()).isEqualTo(Decision.Outcome.ALLOWED);
        assertThat(policy.decide(agent, WRITES).outcome()).isEqualTo(Decision.Outcome.APPROVAL);
        assertThat(policy.decide(agent, WRITES).possible()).isTrue();
        assertThat(policy(false).decide(agent, WRITES).possible()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "*, d1_query, true",
        "d1_*, d1_query, true",
        "d1_*, d1_, true",
        "d1_*, kv_list, false",
        "*_list, kv_list, true",
        "*_list, kv_lists, false",
        "d?_query, d1_query, true",
        "d?_query, d_query, false",
        "d1_query, d1_query, true",
        "d1_query, D1_query, false",
        "d1.query, d1_query, false",
        "'', d1_query, false",
        "**a**, xxaxx, true",
        "a*b*c, aXbXcXc, true",
        "a*b*c, aXcXb, false"
    })
    void aGlobMatchesTheWholeName(String glob, String name, boolean matches) {
        assertThat(Glob.matches(glob, name)).isEqualTo(matches);
    }

    @Test
    void aHostileGlobTakesNoTime() {
        assertThat(Glob.matches("*a".repeat(200) + "b", "a".repeat(20_000))).isFalse();
    }

    private static Policy policy(boolean writes) {
        return new Policy(new ToolsConfig(Duration.ofSeconds(1), 1, false, writes));
    }

    private static Caller caller(Role role, String... tools) {
        return new Caller("u1", "ada", role, Credential.key("k1", List.of(tools), false), "local");
    }

    private static Tool tool(String name, ToolAnnotations annotations) {
        return Tool.named(name).annotations(annotations).handler(call -> Future.succeededFuture(ToolResult.text("")));
    }
}
