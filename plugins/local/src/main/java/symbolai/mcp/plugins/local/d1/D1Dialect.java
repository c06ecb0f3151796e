package symbolai.mcp.plugins.local.d1;

import java.util.List;
import java.util.Set;
import symbolai.mcp.api.SqlStatements;
import symbolai.mcp.api.SqlToken;
import symbolai.mcp.api.ToolException;

/** Refuses what D1 refuses although SQLite knows it. */
final class D1Dialect {

    private static final List<String> REFUSED_VERBS =
            List.of("BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE", "ATTACH", "DETACH", "VACUUM");
    private static final Set<String> INTROSPECTION = Set.of(
            "table_list",
            "table_info",
            "table_xinfo",
            "index_list",
            "index_info",
            "index_xinfo",
            "foreign_key_list",
            "foreign_key_check",
            "quick_check",
            "data_version");
    private static final Set<String> SWITCHES = Set.of(
            "foreign_keys",
            "defer_foreign_keys",
            "optimize",
            "case_sensitive_like",
            "ignore_check_constraints",
            "legacy_alter_table",
            "recursive_triggers",
            "reverse_unordered_selects");
    private static final Set<String> REFUSED_FUNCTIONS =
            Set.of("load_extension", "sqlite_version", "readfile", "writefile", "edit", "fts3_tokenizer");
    private static final String PRAGMA_FUNCTION = "pragma_";

    /** Fails with {@link ToolException.Reason#INVALID} for none or several statements, and REFUSED for what D1 does not allow. */
    void check(String sql) {
        var statement = withoutExplain(SqlStatements.single(sql));
        if (statement.isEmpty()) {
            throw new ToolException(ToolException.Reason.INVALID, "EXPLAIN needs a statement");
        }
        var verb = statement.get(0);
        if (REFUSED_VERBS.stream().anyMatch(verb::is)) {
            throw refused(verb.upper());
        }
        if (verb.is("CREATE") && isTemporary(statement)) {
            throw refused("a temporary table, view or trigger");
        }
        if (verb.is("PRAGMA")) {
            checkPragma(pragma(statement));
        }
        checkNames(statement);
    }

    /** Whether the statement may change how its connection behaves from then on. */
    boolean sets(String sql) {
        var statement = withoutExplain(SqlStatements.single(sql));
        return statement.get(0).is("PRAGMA") && SWITCHES.contains(pragma(statement));
    }

    private static List<SqlToken> withoutExplain(List<SqlToken> statement) {
        if (!statement.get(0).is("EXPLAIN")) {
            return statement;
        }
        var plan = statement.size() > 2
                && statement.get(1).is("QUERY")
                && statement.get(2).is("PLAN");
        return statement.subList(plan ? 3 : 1, statement.size());
    }

    private static boolean isTemporary(List<SqlToken> statement) {
        if (statement.size() > 1
                && (statement.get(1).is("TEMP") || statement.get(1).is("TEMPORARY"))) {
            return true;
        }
        for (var index = 1; index + 1 < statement.size(); index++) {
            if (statement.get(index).isName()
                    && statement.get(index).name().equals("temp")
                    && statement.get(index + 1).isSymbol(".")) {
                return true;
            }
        }
        return false;
    }

    private static String pragma(List<SqlToken> statement) {
        var qualified = statement.size() > 2 && statement.get(2).isSymbol(".");
        var at = qualified ? 3 : 1;
        return at < statement.size() ? statement.get(at).name() : "";
    }

    private static void checkPragma(String pragma) {
        if (!INTROSPECTION.contains(pragma) && !SWITCHES.contains(pragma)) {
            throw refused("PRAGMA " + pragma);
        }
    }

    private static void checkNames(List<SqlToken> statement) {
        for (var index = 0; index < statement.size(); index++) {
            var token = statement.get(index);
            var called =
                    index + 1 < statement.size() && statement.get(index + 1).isSymbol("(");
            if (called && token.isName() && REFUSED_FUNCTIONS.contains(token.name())) {
                throw refused("the function " + token.name());
            }
            if (token.kind() == SqlToken.Kind.WORD || token.kind() == SqlToken.Kind.QUOTED) {
                checkName(token.name());
            }
        }
    }

    private static void checkName(String name) {
        if (name.startsWith("_cf_")) {
            throw refused("the reserved name " + name);
        }
        if (name.startsWith(PRAGMA_FUNCTION) && !INTROSPECTION.contains(name.substring(PRAGMA_FUNCTION.length()))) {
            throw refused("the table-valued function " + name);
        }
    }

    private static ToolException refused(String what) {
        return new ToolException(ToolException.Reason.REFUSED, "D1 does not allow " + what);
    }
}
