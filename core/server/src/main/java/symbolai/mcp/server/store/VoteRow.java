package symbolai.mcp.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What one person decided of a request.
 *
 * @param approver the user's id
 * @param at in milliseconds since 1970
 */
public record VoteRow(String approval, String approver, String name, boolean granted, String note, long at) {

    static VoteRow of(ResultSet row) throws SQLException {
        return new VoteRow(
                row.getString("approval"),
                row.getString("approver"),
                row.getString("name"),
                row.getInt("granted") == 1,
                row.getString("note"),
                row.getLong("at"));
    }
}
