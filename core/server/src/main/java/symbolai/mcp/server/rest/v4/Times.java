package symbolai.mcp.server.rest.v4;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Turns the times of Cloudflare's API into those of operations, and back. */
final class Times {

    private Times() {}

    /** An ISO 8601 time, or whole seconds since 1970. */
    static String instant(String text) {
        try {
            return text.matches("[0-9]{1,11}")
                    ? Instant.ofEpochSecond(Long.parseLong(text)).toString()
                    : OffsetDateTime.parse(text).toInstant().toString();
        } catch (DateTimeException malformed) {
            throw new V4Error(400, 7400, "a time must be ISO 8601 or whole seconds since 1970");
        }
    }

    static long seconds(String instant) {
        return Instant.parse(instant).getEpochSecond();
    }

    static long millis(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }

    static String ofMillis(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
