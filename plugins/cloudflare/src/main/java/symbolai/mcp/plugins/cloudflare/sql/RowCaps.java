package symbolai.mcp.plugins.cloudflare.sql;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the rows of a statement, for systems that do not cut them, and turns their values into those of {@code d1.query}.
 *
 * @param rows the most rows
 * @param bytes the most bytes of all values together, as text
 * @param cellCharacters the most characters of a text, and bytes of a blob
 */
public record RowCaps(int rows, long bytes, int cellCharacters) {

    /** The caps of an operation. */
    public static RowCaps of(JsonObject arguments) {
        var caps = arguments.getJsonObject("caps");
        return new RowCaps(caps.getInteger("rows"), caps.getLong("bytes"), caps.getInteger("cellCharacters"));
    }

    /** The result of one statement, in the form of {@code d1.query}. Blobs are expected as lists of their bytes. */
    public JsonObject result(List<String> columns, List<JsonArray> found, long changes, long lastRowId, double millis) {
        var cut = new Cut();
        found.forEach(cut::add);
        var result = new JsonObject()
                .put("columns", new JsonArray(columns))
                .put("rows", cut.kept)
                .put("truncated", cut.truncated)
                .put("changes", changes)
                .put("durationMs", Math.max(0, millis));
        return changes > 0 ? result.put("lastRowId", lastRowId) : result;
    }

    /** What is kept so far. */
    private final class Cut {

        private final JsonArray kept = new JsonArray();
        private long used;
        private boolean truncated;

        void add(JsonArray row) {
            if (truncated && (kept.size() >= rows || used > bytes)) {
                return;
            }
            if (kept.size() >= rows) {
                truncated = true;
                return;
            }
            var cells = new JsonArray();
            row.forEach(value -> cells.add(cell(value)));
            if (used > bytes) {
                truncated = true;
                return;
            }
            kept.add(cells);
        }

        private @Nullable Object cell(@Nullable Object value) {
            if (value instanceof JsonArray blob) {
                return blob(blob);
            }
            if (value instanceof String text) {
                return text(text);
            }
            used += value == null ? 0 : value.toString().length();
            return value instanceof Boolean truth ? (Object) (truth ? 1 : 0) : value;
        }

        private String text(String text) {
            var kept = text;
            if (text.length() > cellCharacters) {
                truncated = true;
                var end = cellCharacters > 0 && Character.isHighSurrogate(text.charAt(cellCharacters - 1))
                        ? cellCharacters - 1
                        : cellCharacters;
                kept = text.substring(0, end) + "…";
            }
            used += kept.getBytes(StandardCharsets.UTF_8).length;
            return kept;
        }

        private JsonObject blob(JsonArray octets) {
            var all = new byte[octets.size()];
            for (var index = 0; index < all.length; index++) {
                all[index] = octets.getInteger(index).byteValue();
            }
            truncated |= all.length > cellCharacters;
            var head = Arrays.copyOf(all, Math.min(all.length, cellCharacters));
            used += head.length;
            return new JsonObject().put("base64", Base64.getEncoder().encodeToString(head));
        }
    }
}
