package symbolai.mcp.plugins.local.observability;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A part of a question in SQL.
 *
 * @param sql with a question mark for each value
 * @param params the values
 */
record Condition(String sql, List<Object> params) {

    Condition {
        params = List.copyOf(params);
    }

    static Condition of(String sql, Object... params) {
        return new Condition(sql, Arrays.asList(params));
    }

    Condition and(Condition other) {
        return joined(" AND ", other);
    }

    Condition or(Condition other) {
        return joined(" OR ", other);
    }

    /** Also true where the condition has no answer, since the field is missing. */
    Condition not() {
        return new Condition("((" + sql + ") IS NOT 1)", params);
    }

    /** These values before and those after. */
    Condition with(List<Object> before, Object... after) {
        var all = new ArrayList<>(before);
        all.addAll(params);
        all.addAll(Arrays.asList(after));
        return new Condition(sql, all);
    }

    private Condition joined(String word, Condition other) {
        var all = new ArrayList<>(params);
        all.addAll(other.params);
        return new Condition("(" + sql + word + other.sql + ")", all);
    }
}
