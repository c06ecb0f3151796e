package symbolai.mcp.server.audit;

import io.vertx.core.json.JsonObject;
import java.util.Locale;

/**
 * Something in an audit log that is not as it was written.
 *
 * @param sequence the number of the first record that is bad
 * @param file the file that it is in, or should be in
 * @param line the line there; 0 when there is none
 * @param detail what was found, in a sentence
 */
public record Damage(long sequence, String file, long line, Kind kind, String detail) {

    /** What has happened to a record. */
    public enum Kind {
        /** Its bytes are not those that were written. */
        CHANGED,
        /** It is not there, but later ones are. */
        MISSING,
        /** It is not at its place. */
        REORDERED,
        /** It and all after it are gone, although a checkpoint names them. */
        TRUNCATED,
        /** It is of another log, or was put in afterwards. */
        SPLICED,
        /** It fits the records around it, but not a signed checkpoint. */
        REWRITTEN,
        /** A checkpoint or tombstone was not signed by the server. */
        BAD_SIGNATURE;

        /** As people and programs read it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** As a JSON object. */
    public JsonObject json() {
        return new JsonObject()
                .put("record", sequence)
                .put("file", file)
                .put("line", line)
                .put("kind", kind.text())
                .put("detail", detail);
    }

    /** In a sentence. */
    public String text() {
        return "record " + sequence + " " + kind.text() + " (" + file + (line > 0 ? ", line " + line : "") + "): "
                + detail;
    }

    Damage as(Kind other) {
        return new Damage(sequence, file, line, other, detail);
    }
}
