package symbolai.mcp.api;

/**
 * How much of a statement's rows may be read. What lies beyond is not read, and the result says that it was cut.
 *
 * @param rows the most rows
 * @param bytes the most bytes of all values together, counted as UTF-8 text
 * @param cellCharacters the most characters of one text value; a longer one is cut and ends in an ellipsis. A blob is
 *     cut to as many bytes
 */
public record SqliteCaps(int rows, long bytes, int cellCharacters) {

    /** No rows are cut. For statements of the plugin's own whose results are known to be small. */
    public static final SqliteCaps NONE = new SqliteCaps(Integer.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE);
}
