package symbolai.mcp.server.policy;

import java.util.function.Function;

/**
 * One thing that a rule says.
 *
 * @param name the field of the rule
 * @param wanted what the rule says
 * @param aboutCaller whether it speaks of who calls from where and when, not of what is called
 * @param test whether it fits
 * @param found what is the case, for people
 */
record Condition(
        String name,
        String wanted,
        boolean aboutCaller,
        Function<Question, Match> test,
        Function<Question, String> found) {

    Match match(Question question) {
        return test.apply(question);
    }

    /** Why the rule is or is not about the call. */
    String explain(Question question) {
        var verdict = switch (match(question)) {
            case YES -> "fits";
            case NO -> "does not fit";
            case MAYBE -> "may fit";
        };
        return name + " " + wanted + ": " + verdict + ", it is " + found.apply(question);
    }
}
