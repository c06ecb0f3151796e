package symbolai.mcp.plugins.local.store;

import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import symbolai.mcp.api.ToolException;

/** Where the next page of an ordered list begins: the least key that it may hold. Stays right when entries come and go. */
public final class Cursor {

    private Cursor() {}

    /** Where the arguments say to begin; INVALID when that is no cursor of ours. */
    public static Optional<byte[]> read(JsonObject arguments) {
        return Optional.ofNullable(arguments.getString("cursor"))
                .filter(cursor -> !cursor.isEmpty())
                .map(Cursor::decoded);
    }

    /** As text. */
    public static String text(byte[] from) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(from);
    }

    /** The least key after this one. */
    public static byte[] after(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    /** A bound above all keys that begin with the prefix: no key in UTF-8 has the byte 0xFF. */
    public static byte[] above(byte[] prefix) {
        var bound = Arrays.copyOf(prefix, prefix.length + 1);
        bound[prefix.length] = (byte) 0xff;
        return bound;
    }

    /** The greater one, as unsigned bytes. */
    public static byte[] greater(byte[] one, byte[] other) {
        return Arrays.compareUnsigned(one, other) >= 0 ? one : other;
    }

    private static byte[] decoded(String cursor) {
        try {
            return Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException foreign) {
            throw new ToolException(
                    ToolException.Reason.INVALID, "the cursor is none that a list before gave; begin again without it");
        }
    }
}
