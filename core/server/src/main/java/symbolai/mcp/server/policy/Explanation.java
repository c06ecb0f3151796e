package symbolai.mcp.server.policy;

import java.util.List;

/** A decision with all that led to it. */
public record Explanation(Decision decision, List<Considered> rules) {

    /**
     * A rule that was looked at.
     *
     * @param match {@code yes}, {@code maybe} or {@code no}
     * @param why what the rule says, one by one, and what is the case
     */
    public record Considered(String rule, Effect effect, String match, List<String> why) {
        public Considered {
            why = List.copyOf(why);
        }
    }

    public Explanation {
        rules = List.copyOf(rules);
    }
}
