package symbolai.mcp.server.policy;

import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Credential;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.Tool;
import symbolai.mcp.server.config.ToolsConfig;

/** Decides who may call what, out of memory: by what no rule relaxes, then by the rules. Safe for any thread. */
public final class Policy {

    /** The OAuth scope of tools that change nothing. */
    public static final String READ_SCOPE = "mcp:tools:read";
    /** The OAuth scope of all tools. */
    public static final String WRITE_SCOPE = "mcp:tools:write";

    private final ToolsConfig config;
    private final Clock clock;
    private volatile RuleSet current = RuleSet.DEFAULT;

    public Policy(ToolsConfig config) {
        this(config, Clock.systemUTC());
    }

    public Policy(ToolsConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    /** Whether the caller may call the tool, as far as that does not depend on what is touched. */
    public Decision decide(Caller caller, Tool tool) {
        return decide(caller, tool, Reach.UNKNOWN);
    }

    /** Whether the caller may call the tool for this. */
    public Decision decide(Caller caller, Tool tool, Reach reach) {
        return decide(caller, tool.name(), !tool.annotations().readOnly(), reach);
    }

    /**
     * The same for these arguments. A call that only tells what it would do waits for no approval where to read needs none; what is closed
     * stays closed to it.
     */
    public Decision decide(Caller caller, Tool tool, JsonObject arguments, Reach reach) {
        var doing = decide(caller, tool, reach);
        if (doing.outcome() != Decision.Outcome.APPROVAL || !tool.onlyTells(arguments)) {
            return doing;
        }
        var telling = decide(caller, tool.name(), false, reach);
        return telling.allowed() ? telling : doing;
    }

    /** Whether the caller may do this. */
    public Decision decide(Caller caller, String tool, boolean write, Reach reach) {
        return decide(current, new Question(caller, tool, write, reach, clock.instant()));
    }

    /**
     * Whether the caller may read with all of these tools: what is read is in nobody's reach who may not call one of them.
     *
     * @param tools those that show what is read; none counts as a tool without a name
     */
    public Decision decideReading(Caller caller, List<Tool> tools, Reach reach) {
        var names =
                tools.isEmpty() ? List.of("") : tools.stream().map(Tool::name).toList();
        var decisions =
                names.stream().map(name -> decide(caller, name, false, reach)).toList();
        return decisions.stream()
                .filter(decision -> !decision.possible())
                .findFirst()
                .or(() -> decisions.stream()
                        .filter(decision -> !decision.allowed())
                        .findFirst())
                .orElseGet(() -> Decision.allowed(
                        decisions.get(0).rule(),
                        decisions.stream().map(Decision::caps).reduce(Caps.NONE, Caps::strictest)));
    }

    private Decision decide(RuleSet rules, Question question) {
        return fixed(rules, question).orElseGet(() -> scoped(question, rules.decide(question)));
    }

    /** What no rule relaxes. */
    private Optional<Decision> fixed(RuleSet rules, Question question) {
        var caller = question.caller();
        if (question.write() && !config.writes()) {
            return refused("read-only", "tools that change anything are switched off (tools.writes is false)");
        }
        if (question.write() && rules.readOnly()) {
            return refused("read-only", "an admin has switched the server to read-only");
        }
        if (caller.role() == Role.AUDITOR) {
            return refused("auditor", "auditors read the audit log and call no tools");
        }
        if (caller.role() == Role.VIEWER && question.write()) {
            return refused("viewer", "viewers change nothing");
        }
        return keyAllows(caller, question.tool())
                ? Optional.empty()
                : refused("key", "your API key is limited to the tools " + String.join(", ", caller.tools()));
    }

    private static Optional<Decision> refused(String rule, String reason) {
        return Optional.of(Decision.refused(rule, reason));
    }

    private static boolean keyAllows(Caller caller, String tool) {
        return caller.tools().isEmpty() || caller.tools().stream().anyMatch(glob -> Glob.matches(glob, tool));
    }

    /** Scopes only narrow: what the rules refuse stays refused with every scope. */
    private static Decision scoped(Question question, Decision decision) {
        var credential = question.caller().credential();
        if (!decision.possible() || credential.kind() != Credential.Kind.TOKEN) {
            return decision;
        }
        var scopes = credential.scopes();
        if (scopes.contains(WRITE_SCOPE) || (!question.write() && scopes.contains(READ_SCOPE))) {
            return decision;
        }
        var needed = question.write() ? WRITE_SCOPE : READ_SCOPE;
        return Decision.scope(Set.of(needed), "your token lacks the scope " + needed);
    }

    /** Every rule, and why it is or is not about the call, with the decision. */
    public Explanation explain(Question question) {
        var rules = current;
        var considered = rules.rules().stream()
                .map(rule -> new Explanation.Considered(
                        rule.rule().id(),
                        rule.rule().effect(),
                        rule.match(question).name().toLowerCase(Locale.ROOT),
                        rule.conditions().stream()
                                .map(condition -> condition.explain(question))
                                .toList()))
                .toList();
        return new Explanation(decide(rules, question), considered);
    }

    /** Stands for all that lists depend on: callers with equal views are shown the same tools. */
    public Object view(Caller caller) {
        var rules = current;
        var question = new Question(caller, "", false, Reach.UNKNOWN, now());
        return List.of(rules.version(), caller.role(), caller.tools(), rules.concerning(question));
    }

    /** Whether any rule says something of this, so that it must be found out. */
    public boolean speaksOf(Function<Rule.What, List<String>> field) {
        return current.speaksOf(field);
    }

    /** Which version of the rules holds. */
    public long version() {
        return current.version();
    }

    private Instant now() {
        return clock.instant();
    }

    RuleSet current() {
        return current;
    }

    /** Takes effect at once. */
    void install(RuleSet rules) {
        current = rules;
    }
}
