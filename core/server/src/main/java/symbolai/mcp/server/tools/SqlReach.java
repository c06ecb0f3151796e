package symbolai.mcp.server.tools;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import symbolai.mcp.api.SqlStatements;
import symbolai.mcp.api.SqlToken;
import symbolai.mcp.server.policy.Reach;

/**
 * Tells which tables and views SQL can touch by its names: rather too many than too few. Any word of it, quoted or not, that is the name of
 * one counts; what a view, a trigger or a foreign key touches belongs to the database and not to the statement.
 */
final class SqlReach {

    private static final Set<String> STATEMENTS =
            Set.of("select", "with", "values", "insert", "replace", "update", "delete", "explain");
    /** Tables that SQLite makes up, and that tell of others. */
    private static final Set<String> MADE_UP =
            Set.of("dbstat", "bytecode", "tables_used", "sqlite_master", "rtreecheck", "fts3tokenize");

    private final Set<String> existing;

    /**
     * @param existing the names of all tables and views of the database, as {@link Reach#folded} gives them
     */
    SqlReach(Set<String> existing) {
        this.existing = existing;
    }

    /** What the statements can touch; {@link Reach#EVERYTHING} for those that do not read or write rows alone. */
    Set<String> touched(List<String> sql) {
        var touched = new HashSet<String>();
        sql.forEach(text -> SqlStatements.split(text).forEach(statement -> add(statement, touched)));
        return touched;
    }

    private void add(List<SqlToken> statement, Set<String> touched) {
        if (!STATEMENTS.contains(statement.get(0).name())) {
            touched.add(Reach.EVERYTHING);
        }
        statement.stream()
                .filter(SqlToken::isName)
                .map(SqlToken::name)
                .filter(name -> existing.contains(name) || isMadeUp(name))
                .forEach(touched::add);
    }

    private static boolean isMadeUp(String name) {
        return name.startsWith("sqlite_") || name.startsWith("pragma_") || MADE_UP.contains(name);
    }
}
