package symbolai.mcp.plugins.local.store;

import java.util.Optional;

/**
 * Where bytes are kept.
 *
 * @param inline the bytes, when they are in the table
 * @param file the file's name, when they are in a file
 */
public record Stored(Optional<byte[]> inline, Optional<String> file) {

    /** From the two columns of a row. */
    public static Stored of(Row row, int inline, int file) {
        return row.isMissing(file)
                ? new Stored(Optional.of(row.bytes(inline)), Optional.empty())
                : new Stored(Optional.empty(), row.optionalText(file));
    }
}
