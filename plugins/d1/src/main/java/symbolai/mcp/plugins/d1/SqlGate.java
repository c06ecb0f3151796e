package symbolai.mcp.plugins.d1;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.SqlStatements;
import symbolai.mcp.api.SqlToken;
import symbolai.mcp.api.ToolException;

/** Says what a statement may do before it is sent. What is not known to be a read is a write. */
final class SqlGate {

    private static final int MOST_BYTES = 100_000;
    private static final int DEEPEST = 100;
    private static final int LONGEST_SHOWN = 40;
    private static final Set<String> VERBS = Set.of(
            "ALTER",
            "ANALYZE",
            "ATTACH",
            "BEGIN",
            "COMMIT",
            "CREATE",
            "DELETE",
            "DETACH",
            "DROP",
            "END",
            "INSERT",
            "PRAGMA",
            "REINDEX",
            "RELEASE",
            "REPLACE",
            "ROLLBACK",
            "SAVEPOINT",
            "SELECT",
            "UPDATE",
            "VACUUM",
            "VALUES",
            "WITH");
    private static final Set<String> MAIN_VERBS = Set.of("SELECT", "VALUES", "INSERT", "UPDATE", "DELETE", "REPLACE");
    private static final Set<String> FORBIDDEN_FUNCTIONS =
            Set.of("load_extension", "readfile", "writefile", "edit", "fts3_tokenizer");

    private final PragmaRules pragmas = new PragmaRules();

    /** Fails with a {@link ToolException} for anything but one statement that may be sent. */
    GatedStatement check(String sql) {
        if (sql.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw invalid("a statement has at most " + MOST_BYTES + " bytes");
        }
        return check(SqlStatements.single(sql));
    }

    /** The same for each statement of a file. */
    List<GatedStatement> checkAll(String sql) {
        return SqlStatements.split(sql).stream().map(this::check).toList();
    }

    private GatedStatement check(List<SqlToken> tokens) {
        checkNames(tokens);
        var limited = checkDepth(tokens);
        var statement = withoutExplain(tokens);
        var verb = statement.get(0);
        if (VERBS.stream().noneMatch(verb::is)) {
            throw invalid("SQLite knows no statement that begins with " + cut(verb.text()));
        }
        return new GatedStatement(verb.upper(), access(statement), limited);
    }

    /** Like {@link #check(String)}, and refuses what can change anything. */
    GatedStatement checkRead(String sql) {
        var statement = check(sql);
        if (statement.access() == Operation.Access.WRITE) {
            throw new ToolException(
                    ToolException.Reason.REFUSED,
                    "d1_query only reads, and this " + statement.verb() + " statement can change something;"
                            + " use d1_execute for it");
        }
        return statement;
    }

    private Operation.Access access(List<SqlToken> statement) {
        var verb = statement.get(0);
        var read = verb.is("SELECT")
                || verb.is("VALUES")
                || (verb.is("WITH") && readsAfterCommonTables(statement))
                || (verb.is("PRAGMA") && pragmas.reads(statement));
        return read ? Operation.Access.READ : Operation.Access.WRITE;
    }

    /** The first verb after the list of common tables decides; SQLite allows no changes inside the list. */
    private static boolean readsAfterCommonTables(List<SqlToken> statement) {
        var depth = 0;
        for (var index = 1; index < statement.size(); index++) {
            var token = statement.get(index);
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            if (depth == 0 && isMainVerb(statement, index)) {
                return token.is("SELECT") || token.is("VALUES");
            }
        }
        return false;
    }

    /** A common table may be called REPLACE; its name follows WITH, RECURSIVE or a comma. */
    private static boolean isMainVerb(List<SqlToken> statement, int index) {
        var before = statement.get(index - 1);
        var isName = before.is("WITH") || before.is("RECURSIVE") || before.isSymbol(",");
        return !isName
                && statement.get(index).kind() == SqlToken.Kind.WORD
                && MAIN_VERBS.contains(statement.get(index).upper());
    }

    private static List<SqlToken> withoutExplain(List<SqlToken> statement) {
        if (!statement.get(0).is("EXPLAIN")) {
            return statement;
        }
        var plan = statement.size() > 2
                && statement.get(1).is("QUERY")
                && statement.get(2).is("PLAN");
        var explained = statement.subList(plan ? 3 : 1, statement.size());
        if (explained.isEmpty()) {
            throw invalid("EXPLAIN needs a statement");
        }
        return explained;
    }

    /** Finds out in passing whether there is a LIMIT outside all brackets. */
    private static boolean checkDepth(List<SqlToken> statement) {
        var depth = 0;
        var limited = false;
        for (var token : statement) {
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            if (depth < 0 || depth > DEEPEST) {
                throw invalid("brackets must match, and be at most " + DEEPEST + " deep");
            }
            limited |= depth == 0 && token.is("LIMIT");
        }
        if (depth != 0) {
            throw invalid("a bracket is not closed");
        }
        return limited;
    }

    private void checkNames(List<SqlToken> statement) {
        for (var index = 0; index < statement.size(); index++) {
            var token = statement.get(index);
            if (!token.isName()) {
                continue;
            }
            var name = token.name();
            var called =
                    index + 1 < statement.size() && statement.get(index + 1).isSymbol("(");
            if (called && FORBIDDEN_FUNCTIONS.contains(name)) {
                throw refused("the function " + name);
            }
            if (token.kind() != SqlToken.Kind.STRING && pragmas.refusesFunction(name)) {
                throw refused("the table-valued function " + name);
            }
        }
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "...";
    }

    private static ToolException refused(String what) {
        return new ToolException(ToolException.Reason.REFUSED, what + " is not allowed");
    }

    private static ToolException invalid(String message) {
        return new ToolException(ToolException.Reason.INVALID, message);
    }
}
