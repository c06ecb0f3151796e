package symbolai.mcp.server.connections;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Counts the bytes that JSON has when it is written, without writing it; gives up when there are more than the limit. */
final class JsonSize {

    private final long limit;
    private long bytes;

    private JsonSize(long limit) {
        this.limit = limit;
    }

    /** The size; any number above the limit when it is larger. */
    static long of(JsonObject json, long limit) {
        var size = new JsonSize(limit);
        size.add(json);
        return size.bytes;
    }

    private void add(@Nullable Object value) {
        if (value instanceof JsonObject object) {
            object(object);
        } else if (value instanceof JsonArray array) {
            array(array);
        } else if (value instanceof CharSequence text) {
            text(text);
        } else {
            bytes += String.valueOf(value).length();
        }
    }

    private void object(JsonObject object) {
        bytes += 2;
        for (var name : object.fieldNames()) {
            if (bytes > limit) {
                return;
            }
            text(name);
            bytes += 2;
            add(object.getValue(name));
        }
    }

    private void array(JsonArray array) {
        bytes += 2;
        for (int i = 0; i < array.size() && bytes <= limit; i++) {
            bytes++;
            add(array.getValue(i));
        }
    }

    private void text(CharSequence text) {
        bytes += 2;
        for (int i = 0; i < text.length(); i++) {
            bytes += bytes(text.charAt(i));
        }
    }

    private static int bytes(char character) {
        if (character < ' ' || Character.isSurrogate(character)) {
            return 6; // Jackson writes both as escapes.
        }
        if (character == '"' || character == '\\') {
            return 2;
        }
        if (character < 0x80) {
            return 1;
        }
        return character < 0x800 ? 2 : 3;
    }
}
