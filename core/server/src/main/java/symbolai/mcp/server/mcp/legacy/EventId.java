package symbolai.mcp.server.mcp.legacy;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names one event of one stream of one session.
 *
 * @param nonce made anew whenever a session comes into memory, so that ids from before a restart are foreign
 * @param stream the number of the stream in the session
 * @param number the number of the event in the stream; 0 stands before the first
 */
record EventId(String nonce, long stream, long number) {

    private static final Pattern SHAPE = Pattern.compile("([A-Za-z0-9_-]{1,32})\\.([0-9]{1,15})\\.([0-9]{1,15})");

    /** Reads what a client sends as {@code Last-Event-ID}. */
    static Optional<EventId> parse(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(
                new EventId(matcher.group(1), Long.parseLong(matcher.group(2)), Long.parseLong(matcher.group(3))));
    }

    /** The id of another event of the same stream. */
    EventId at(long otherNumber) {
        return new EventId(nonce, stream, otherNumber);
    }

    /** As it is written. */
    String text() {
        return nonce + "." + stream + "." + number;
    }
}
