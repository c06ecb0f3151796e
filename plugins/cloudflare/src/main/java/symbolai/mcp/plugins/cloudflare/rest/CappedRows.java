package symbolai.mcp.plugins.cloudflare.rest;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import symbolai.mcp.plugins.cloudflare.backend.Malformed;

/** Takes rows until the caps of rows and bytes are reached, with cells cut to their cap. */
final class CappedRows {

    private final JsonArray rows = new JsonArray();
    private final int mostRows;
    private final int cellCharacters;
    private long bytesLeft;
    private boolean full;
    private boolean truncated;

    /** The caps as the operation gives them. */
    CappedRows(JsonObject caps) {
        this.mostRows = caps.getInteger("rows");
        this.bytesLeft = caps.getLong("bytes");
        this.cellCharacters = caps.getInteger("cellCharacters");
    }

    /** Takes a row, or says that it was cut. */
    void add(@Nullable Object row) {
        if (!(row instanceof JsonArray values)) {
            throw new Malformed("a row is no list");
        }
        if (full || rows.size() >= mostRows) {
            full = true;
            truncated = true;
            return;
        }
        var cells = new JsonArray();
        values.forEach(value -> cells.add(cell(value)));
        if (bytesLeft < 0) {
            full = true;
            truncated = true;
            return;
        }
        rows.add(cells);
    }

    JsonArray json() {
        return rows;
    }

    boolean isTruncated() {
        return truncated;
    }

    private @Nullable Object cell(@Nullable Object value) {
        if (value instanceof JsonArray octets) {
            return new JsonObject().put("base64", Base64.getEncoder().encodeToString(blob(octets)));
        }
        if (value instanceof String text) {
            return cut(text);
        }
        if (value == null || value instanceof Number) {
            bytesLeft -= String.valueOf(value).length();
            return value;
        }
        if (value instanceof Boolean fact) {
            bytesLeft--;
            return fact ? 1 : 0;
        }
        throw new Malformed("a cell is no value of SQL");
    }

    private String cut(String text) {
        if (text.length() <= cellCharacters) {
            bytesLeft -= text.getBytes(StandardCharsets.UTF_8).length;
            return text;
        }
        truncated = true;
        var end = cellCharacters > 0 && Character.isHighSurrogate(text.charAt(cellCharacters - 1))
                ? cellCharacters - 1
                : cellCharacters;
        var head = text.substring(0, end) + "…";
        bytesLeft -= head.getBytes(StandardCharsets.UTF_8).length;
        return head;
    }

    private byte[] blob(JsonArray octets) {
        var length = Math.min(octets.size(), cellCharacters);
        truncated |= length < octets.size();
        bytesLeft -= length;
        var bytes = new byte[length];
        for (var index = 0; index < length; index++) {
            if (!(octets.getValue(index) instanceof Number octet)) {
                throw new Malformed("a blob is no list of octets");
            }
            bytes[index] = octet.byteValue();
        }
        return bytes;
    }
}
