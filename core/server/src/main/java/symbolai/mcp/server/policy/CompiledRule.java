package symbolai.mcp.server.policy;

import java.util.List;

/** A rule that is ready to be asked. */
record CompiledRule(Rule rule, List<Condition> conditions) {

    static CompiledRule of(Rule rule) {
        return new CompiledRule(rule, Conditions.of(rule));
    }

    boolean does(Effect effect) {
        return rule.effect() == effect;
    }

    Match match(Question question) {
        var match = Match.YES;
        for (var condition : conditions) {
            match = match.and(condition.match(question));
            if (match == Match.NO) {
                return Match.NO;
            }
        }
        return match;
    }

    /** Whether the rule can be about calls of this caller now. */
    boolean concerns(Question question) {
        return conditions.stream()
                .filter(Condition::aboutCaller)
                .allMatch(condition -> condition.match(question) != Match.NO);
    }

    /** The rule's id, with the note that says why. */
    String because() {
        return rule.note().isEmpty() ? "the rule " + rule.id() : "the rule " + rule.id() + " (" + rule.note() + ")";
    }

    /** The rule in a list: its name and what it is for. */
    String text() {
        return rule.note().isEmpty() ? "rule " + rule.id() : "rule " + rule.id() + ": " + rule.note();
    }
}
