package symbolai.mcp.plugins.r2;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import symbolai.mcp.api.Quoted;
import symbolai.mcp.api.ToolException;

/** A key that R2 takes: 1 to 1,024 bytes in UTF-8, and not one that a path would swallow. */
record ObjectKey(String text) {

    /** The most bytes of a key. */
    static final int MOST_BYTES = 1024;

    /** Fails with {@link ToolException.Reason#INVALID} for a text that is no key. */
    static ObjectKey of(String text) {
        if (text.isEmpty() || text.equals(".") || text.equals("..")) {
            throw invalid("\"" + text + "\" is no key; a key has 1 to 1024 bytes and is not . or ..");
        }
        var bytes = bytes(text);
        if (bytes > MOST_BYTES) {
            throw invalid("the key \"%s\" has %d bytes; at most %d are allowed"
                    .formatted(Quoted.text(text), bytes, MOST_BYTES));
        }
        return new ObjectKey(text);
    }

    /** What follows the last slash. */
    String fileName() {
        var name = text.substring(text.lastIndexOf('/') + 1);
        return name.isEmpty() ? "object" : name;
    }

    /** Half a surrogate pair has no UTF-8; written as a question mark it would be another key. */
    private static int bytes(String text) {
        try {
            return StandardCharsets.UTF_8
                    .newEncoder()
                    .encode(CharBuffer.wrap(text))
                    .remaining();
        } catch (CharacterCodingException half) {
            throw invalid("the key \"" + Quoted.text(text) + "\" holds half a surrogate pair");
        }
    }

    private static ToolException invalid(String message) {
        return new ToolException(ToolException.Reason.INVALID, message);
    }
}
