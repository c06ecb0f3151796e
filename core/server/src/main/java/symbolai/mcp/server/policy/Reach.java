package symbolai.mcp.server.policy;

import java.util.Optional;
import java.util.Set;
import symbolai.mcp.api.SqlToken;

/**
 * What a call touches, as far as that is known; empty where it is not known yet.
 *
 * @param account the id and the name of the account
 * @param database the id and the name of the database, or {@link #EVERYTHING}; no names at all for what touches none
 * @param tables the tables and views that may be touched, or {@link #EVERYTHING}, as {@link #folded} gives them
 */
public record Reach(Optional<Set<String>> account, Optional<Set<String>> database, Optional<Set<String>> tables) {

    /** Stands for all there are: what a rule closes is among them, and only what a rule opens entirely holds them. */
    public static final String EVERYTHING = "*";

    /** Nothing is known yet. */
    public static final Reach UNKNOWN = new Reach(Optional.empty(), Optional.empty(), Optional.empty());

    public Reach {
        account = account.map(Set::copyOf);
        database = database.map(Set::copyOf);
        tables = tables.map(Set::copyOf);
    }

    /** The name of a table as SQLite compares it: only ASCII letters have a case. */
    public static String folded(String table) {
        return new SqlToken(SqlToken.Kind.WORD, table).name();
    }

    /** The same on this account. */
    public Reach onAccount(Set<String> names) {
        return new Reach(Optional.of(names), database, tables);
    }

    /** The same on the database with these names; none for what touches no database. */
    public Reach onDatabase(Set<String> names) {
        return new Reach(account, Optional.of(names), tables);
    }

    /** The same on these tables. */
    public Reach onTables(Set<String> names) {
        return new Reach(account, database, Optional.of(names));
    }
}
