package symbolai.mcp.plugins.cloudflare.sql;

import java.util.List;
import java.util.Set;
import symbolai.mcp.api.SqlStatements;
import symbolai.mcp.api.SqlToken;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;

/**
 * Refuses a statement that was sent as a read and is none, where the system itself cannot be told so. It is the second gate: families have a
 * finer one.
 */
public final class ReadGate {

    private static final Set<String> READS = Set.of("SELECT", "VALUES", "WITH", "PRAGMA", "EXPLAIN");
    private static final Set<String> WRITES = Set.of("INSERT", "UPDATE", "DELETE", "REPLACE");

    private ReadGate() {}

    /** Fails with {@link Reason#REFUSED} for what may change something. */
    public static void check(String sql) {
        var tokens = SqlStatements.single(sql);
        var first = tokens.get(0);
        if (!READS.contains(first.upper())) {
            throw refused(first.text());
        }
        if (first.is("PRAGMA") && tokens.stream().anyMatch(token -> token.isSymbol("="))) {
            throw refused("PRAGMA with a new value");
        }
        if (first.is("WITH")) {
            checkWith(tokens);
        }
    }

    /** What follows the tables of a WITH stands outside of all brackets. */
    private static void checkWith(List<SqlToken> tokens) {
        var depth = 0;
        for (var token : tokens) {
            depth += token.isSymbol("(") ? 1 : 0;
            depth -= token.isSymbol(")") ? 1 : 0;
            if (depth == 0 && token.kind() == SqlToken.Kind.WORD && WRITES.contains(token.upper())) {
                throw refused("WITH … " + token.upper());
            }
        }
    }

    private static ToolException refused(String what) {
        return new ToolException(
                Reason.REFUSED, "the statement was sent to be read, and " + what + " may change something");
    }
}
