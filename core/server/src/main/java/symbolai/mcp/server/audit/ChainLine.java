package symbolai.mcp.server.audit;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A record as a line of a segment: {@code {"seq":…,"at":…,…,"prev":"…","hash":"…"}}.
 *
 * @param text the line without its line break; one character for each byte
 * @param previous the hash of the record before
 * @param hash the hash of this one, as the line has it
 */
record ChainLine(String text, long sequence, String previous, String hash) {
    /** Where the first record of all follows. */
    static final String ORIGIN = "0".repeat(64);

    private static final Pattern FORM = Pattern.compile(
            "\\{\"seq\":(?<seq>\\d{1,18}),\"at\":\"(?<at>[^\"]+)\",.*,\"prev\":\"(?<prev>[0-9a-f]{64})\",\"hash\":\"(?<hash>[0-9a-f]{64})\"\\}");
    private static final String HASH = ",\"hash\":\"";
    private static final int TAIL = HASH.length() + ORIGIN.length() + 2;

    /** The record of a line, which has one character for each byte; empty when it is none. */
    static Optional<ChainLine> parse(String text) {
        var matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new ChainLine(
                        text, Long.parseLong(matcher.group("seq")), matcher.group("prev"), matcher.group("hash")))
                : Optional.empty();
    }

    /**
     * Joins a record to the chain.
     *
     * @param record the record as JSON without its opening brace
     */
    static ChainLine join(long sequence, String record, String previous, LinkHash sha256) {
        var line = new StringBuilder(record.length() + 256)
                .append("{\"seq\":")
                .append(sequence)
                .append(',')
                .append(record, 0, record.length() - 1)
                .append(",\"prev\":\"")
                .append(previous)
                .append("\"}");
        var hash = sha256.link(previous, line);
        line.setLength(line.length() - 1);
        line.append(HASH).append(hash).append("\"}");
        return new ChainLine(line.toString(), sequence, previous, hash);
    }

    /** The hash that the line should have. */
    String computed(LinkHash sha256) {
        return sha256.link(previous, text.substring(0, text.length() - TAIL) + "}");
    }

    /** The record with its number and hashes; empty when it was changed so that it is no JSON any more. */
    Optional<JsonObject> json() {
        try {
            return Optional.of(new JsonObject(text));
        } catch (DecodeException changed) {
            return Optional.empty();
        }
    }

    /** When it was written; empty when that was changed so that it is no time any more. */
    Optional<Instant> at() {
        var form = FORM.matcher(text);
        try {
            return form.matches() ? Optional.of(Instant.parse(form.group("at"))) : Optional.empty();
        } catch (DateTimeException changed) {
            return Optional.empty();
        }
    }
}
