package symbolai.mcp.api;

/**
 * SQLite's run-time limits for one database, see <a href="https://www.sqlite.org/limits.html">sqlite.org/limits.html</a>. ATTACH is never
 * possible.
 *
 * @param sqlLength the most bytes of one statement
 * @param parameters the most bound parameters
 * @param likePattern the most bytes of a LIKE or GLOB pattern
 * @param columns the most columns of a table or result
 * @param compoundSelect the most terms of a compound SELECT
 * @param expressionDepth the deepest expression tree
 * @param opcodes the most virtual machine instructions of a statement
 * @param valueLength the most bytes of one value or row
 * @param triggerDepth the deepest recursion of triggers
 * @param fileBytes the largest database file
 */
public record SqliteLimits(
        int sqlLength,
        int parameters,
        int likePattern,
        int columns,
        int compoundSelect,
        int expressionDepth,
        int opcodes,
        int valueLength,
        int triggerDepth,
        long fileBytes) {

    /** SQLite's own limits, for a plugin's own tables. */
    public static final SqliteLimits DEFAULT = new SqliteLimits(
            1_000_000, 32_766, 50_000, 2_000, 500, 1_000, 250_000_000, 1_000_000_000, 1_000, 16L << 30);
}
