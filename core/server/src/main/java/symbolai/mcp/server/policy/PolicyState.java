package symbolai.mcp.server.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import symbolai.mcp.server.store.PolicyRow;

/** The policy as it is kept: one version of it. */
public record PolicyState(long version, boolean readOnly, List<KeptRule> rules) {

    public PolicyState {
        rules = List.copyOf(rules);
    }

    static PolicyState of(PolicyRow row) {
        return new PolicyState(
                row.version(),
                row.readOnly(),
                row.rules().stream().map(KeptRule::of).toList());
    }

    PolicyRow row() {
        return new PolicyRow(
                version, readOnly, rules.stream().map(KeptRule::row).toList());
    }

    RuleSet compiled() {
        return RuleSet.of(version, rules.stream().map(KeptRule::rule).toList(), readOnly);
    }

    Optional<KeptRule> find(String id) {
        return rules.stream().filter(kept -> kept.rule().id().equals(id)).findFirst();
    }

    /** The next version, with the rule at this place, or in its own when it is there already; a negative place is the end. */
    PolicyState with(KeptRule rule, int position) {
        var next = new ArrayList<>(rules);
        int own = index(rule.rule().id());
        if (own >= 0 && position < 0) {
            next.set(own, rule);
            return new PolicyState(version + 1, readOnly, next);
        }
        next.removeIf(kept -> kept.rule().id().equals(rule.rule().id()));
        next.add(position < 0 ? next.size() : Math.min(position, next.size()), rule);
        return new PolicyState(version + 1, readOnly, next);
    }

    private int index(String id) {
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).rule().id().equals(id)) {
                return i;
            }
        }
        return -1;
    }

    /** The next version, without the rule. */
    PolicyState without(String id) {
        return new PolicyState(
                version + 1,
                readOnly,
                rules.stream().filter(kept -> !kept.rule().id().equals(id)).toList());
    }

    /** The next version, with the switch like this. */
    PolicyState readOnly(boolean on) {
        return new PolicyState(version + 1, on, rules);
    }
}
