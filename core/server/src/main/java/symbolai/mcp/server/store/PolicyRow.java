package symbolai.mcp.server.store;

import java.util.List;

/**
 * One version of the policy.
 *
 * @param rules in their order
 * @param readOnly whether everything that writes is closed
 */
public record PolicyRow(long version, boolean readOnly, List<RuleRow> rules) {

    public PolicyRow {
        rules = List.copyOf(rules);
    }
}
