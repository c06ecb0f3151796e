package symbolai.mcp.server.policy;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import symbolai.mcp.api.Role;

/**
 * All rules of one version of the policy. Never changes.
 *
 * @param readOnly whether the switch is on that closes everything that writes
 */
record RuleSet(long version, List<CompiledRule> rules, boolean readOnly) {

    /** What holds before anything was changed. */
    static final RuleSet DEFAULT = of(
            1,
            List.of(
                    new Rule(
                            "admins",
                            Effect.ALLOW,
                            new Rule.Who(Set.of(Role.ADMIN), List.of(), List.of(), List.of(), false),
                            Rule.What.ANYTHING,
                            Rule.Circumstances.ALL,
                            Caps.NONE,
                            "admins may call everything"),
                    new Rule(
                            "agents",
                            Effect.APPROVE,
                            new Rule.Who(Set.of(), List.of(), List.of(), List.of(), true),
                            new Rule.What(List.of(), Access.WRITE, List.of(), List.of(), List.of()),
                            Rule.Circumstances.ALL,
                            Caps.NONE,
                            "what an agent's key writes needs an approval")),
            false);

    RuleSet {
        rules = List.copyOf(rules);
    }

    static RuleSet of(long version, List<Rule> rules, boolean readOnly) {
        return new RuleSet(version, rules.stream().map(CompiledRule::of).toList(), readOnly);
    }

    /** First what is closed, then what is opened, then what waits for an approval. */
    Decision decide(Question question) {
        var denying = first(Effect.DENY, question, Match.YES);
        if (denying.isPresent()) {
            return Decision.refused(denying.get().rule().id(), denying.get().because() + " denies it");
        }
        var allowing = first(Effect.ALLOW, question, Match.MAYBE);
        if (allowing.isEmpty()) {
            return nobodyOpens(question);
        }
        var caps = allowing.get().rule().caps();
        var asking = matching(Effect.APPROVE, question, Match.MAYBE).toList();
        return asking.isEmpty() ? Decision.allowed(allowing.get().rule().id(), caps) : approval(asking, caps);
    }

    /** Each rule that may be about it has its say: what is touched is not known yet, and the strictest may be meant. */
    private static Decision approval(List<CompiledRule> asking, Caps caps) {
        var reason = asking.stream().map(CompiledRule::text).collect(Collectors.joining("; "));
        return Decision.approval(
                asking.stream()
                        .map(rule -> new Decision.Demand(
                                rule.rule().id(), rule.rule().approving()))
                        .toList(),
                reason,
                caps);
    }

    private Optional<CompiledRule> first(Effect effect, Question question, Match least) {
        return matching(effect, question, least).findFirst();
    }

    private Stream<CompiledRule> matching(Effect effect, Question question, Match least) {
        return rules.stream()
                .filter(rule -> rule.does(effect))
                .filter(rule -> rule.match(question).compareTo(least) >= 0);
    }

    private static Decision nobodyOpens(Question question) {
        var role = question.caller().role();
        var article = role == Role.VIEWER ? "a " : "an ";
        return Decision.refused("default", "no rule opens it to you, and you are " + article + role.text());
    }

    /** Two callers of whom this says the same are opened the same tools. */
    BitSet concerning(Question question) {
        var concerning = new BitSet();
        for (int i = 0; i < rules.size(); i++) {
            concerning.set(i, rules.get(i).concerns(question));
        }
        return concerning;
    }

    /** Whether any rule says something of this. */
    boolean speaksOf(Function<Rule.What, List<String>> field) {
        return rules.stream().anyMatch(rule -> !field.apply(rule.rule().what()).isEmpty());
    }
}
