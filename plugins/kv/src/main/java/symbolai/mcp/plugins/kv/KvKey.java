package symbolai.mcp.plugins.kv;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import symbolai.mcp.api.Quoted;
import symbolai.mcp.api.ToolException;

/** A key that KV takes: 1 to 512 bytes in UTF-8, and not one that a path would swallow. */
record KvKey(String text) {

    /** The most bytes of a key. */
    static final int MOST_BYTES = 512;

    /** Fails with {@link ToolException.Reason#INVALID} for a text that is no key. */
    static KvKey of(String text) {
        if (text.isEmpty() || text.equals(".") || text.equals("..")) {
            throw invalid("\"" + text + "\" is no key; a key has 1 to 512 bytes and is not . or ..");
        }
        var bytes = bytes(text);
        if (bytes > MOST_BYTES) {
            throw invalid("the key \"%s\" has %d bytes; at most %d are allowed"
                    .formatted(Quoted.text(text), bytes, MOST_BYTES));
        }
        return new KvKey(text);
    }

    /** All of them, none twice. */
    static List<KvKey> distinct(List<String> texts) {
        var seen = new HashSet<String>();
        for (var text : texts) {
            if (!seen.add(text)) {
                throw invalid("the key \"" + Quoted.text(text) + "\" is given twice");
            }
        }
        return texts.stream().map(KvKey::of).toList();
    }

    /** What follows the last slash; the host writes it so that any system can save it. */
    String fileName() {
        var name = text.substring(text.lastIndexOf('/') + 1);
        return name.isEmpty() ? "value" : name;
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
