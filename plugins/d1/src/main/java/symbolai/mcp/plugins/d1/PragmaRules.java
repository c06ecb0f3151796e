package symbolai.mcp.plugins.d1;

import java.util.List;
import java.util.Set;
import symbolai.mcp.api.SqlToken;

/** Knows which PRAGMAs only read. */
final class PragmaRules {

    /** Their argument says what is looked at, so they read with one too. */
    private static final Set<String> INTROSPECTION = Set.of(
            "table_list",
            "table_info",
            "table_xinfo",
            "index_list",
            "index_info",
            "index_xinfo",
            "foreign_key_list",
            "foreign_key_check",
            "quick_check");

    /** They read only without an argument; {@code name = value} and {@code name(value)} both set. */
    private static final Set<String> SETTINGS = Set.of(
            "data_version",
            "foreign_keys",
            "defer_foreign_keys",
            "ignore_check_constraints",
            "legacy_alter_table",
            "recursive_triggers",
            "reverse_unordered_selects");

    private static final String FUNCTION_PREFIX = "pragma_";

    /** Whether this PRAGMA statement only reads. */
    boolean reads(List<SqlToken> statement) {
        var qualified = statement.size() > 2 && statement.get(2).isSymbol(".");
        var at = qualified ? 3 : 1;
        if (at >= statement.size()) {
            return false;
        }
        var name = statement.get(at).name();
        return INTROSPECTION.contains(name) || (SETTINGS.contains(name) && at == statement.size() - 1);
    }

    /** As functions in a query some PRAGMAs work too, {@code pragma_optimize} among them, which writes. */
    boolean refusesFunction(String name) {
        return name.startsWith(FUNCTION_PREFIX) && !isIntrospection(name.substring(FUNCTION_PREFIX.length()));
    }

    private static boolean isIntrospection(String pragma) {
        return INTROSPECTION.contains(pragma) || pragma.equals("data_version");
    }
}
