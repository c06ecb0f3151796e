package symbolai.mcp.api;

import java.util.List;
import java.util.OptionalLong;

/**
 * What a call would do, for the person who decides whether it may.
 *
 * @param target what the call is done to, in words, such as {@code the D1 database shop}; empty when the arguments say it
 * @param subject tells that thing from all others, such as its UUID: when it is another one at the time of the call, the approval is void.
 *     Empty when the arguments name the thing for good
 * @param steps what is done, in order; empty when the arguments say it
 */
public record Preview(String target, String subject, List<Step> steps) {

    /**
     * One thing that is done.
     *
     * @param text exactly what, such as a statement
     * @param plan how, in lines, such as the plan of a query; empty when nothing is known
     * @param rows how many rows it changes, counted on what is there now; empty when that cannot be told
     * @param note what the person should know beside it, such as why the rows cannot be told; may be empty
     */
    public record Step(String text, List<String> plan, OptionalLong rows, String note) {

        public Step {
            plan = List.copyOf(plan);
        }
    }

    public Preview {
        steps = List.copyOf(steps);
    }

    /** What a call is done to, where its arguments say the rest. */
    public static Preview of(String target, String subject) {
        return new Preview(target, subject, List.of());
    }
}
