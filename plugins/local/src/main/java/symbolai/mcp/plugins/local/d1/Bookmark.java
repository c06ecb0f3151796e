package symbolai.mcp.plugins.local.d1;

import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
import symbolai.mcp.plugins.local.store.Row;

/**
 * A moment that a database can go back to.
 *
 * @param id in the form of D1: its first part grows with time
 * @param at when the database was so
 */
record Bookmark(String id, Instant at) {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{32}");

    static Bookmark of(Row row) {
        return new Bookmark(row.text(0), row.time(1));
    }

    static String newId(Instant at) {
        var millis = at.toEpochMilli();
        return "%08x-%08x-00000000-%s"
                .formatted(
                        millis >>> 32,
                        millis & 0xffff_ffffL,
                        UUID.randomUUID().toString().replace("-", ""));
    }

    static boolean isId(String text) {
        return FORM.matcher(text).matches();
    }
}
