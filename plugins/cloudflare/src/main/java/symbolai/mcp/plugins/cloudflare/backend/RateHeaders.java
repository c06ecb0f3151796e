package symbolai.mcp.plugins.cloudflare.backend;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import symbolai.mcp.api.Upstream;

/** Reads what an answer says of the limit of requests: {@code Ratelimit} and {@code Retry-After}. */
final class RateHeaders {

    private static final Pattern REMAINING = Pattern.compile("[;,]\\s*(?:r|remaining)=(\\d{1,9})\\b");
    private static final Pattern WINDOW = Pattern.compile("[;,]\\s*(?:t|reset)=(\\d{1,9})\\b");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    private RateHeaders() {}

    /** Passes on how many requests are left, where the answer says so. */
    static void tell(HttpReply reply, Upstream upstream) {
        var limit = reply.header("ratelimit").map(value -> ";" + value).orElse("");
        var remaining = number(REMAINING, limit);
        var window = number(WINDOW, limit);
        if (remaining.isPresent() && window.isPresent()) {
            upstream.remaining(remaining.getAsInt(), Duration.ofSeconds(window.getAsInt()));
        }
    }

    /** How long to wait; a date is not understood, since Cloudflare gives seconds. */
    static Optional<Duration> retryAfter(HttpReply reply) {
        var given = reply.header("retry-after")
                .map(String::strip)
                .filter(value -> SECONDS.matcher(value).matches())
                .map(Long::parseLong);
        var window = number(
                WINDOW, reply.header("ratelimit").map(value -> ";" + value).orElse(""));
        return given.or(() -> window.isPresent() ? Optional.of((long) window.getAsInt()) : Optional.empty())
                .map(Duration::ofSeconds);
    }

    private static OptionalInt number(Pattern pattern, String text) {
        var found = pattern.matcher(text);
        return found.find() ? OptionalInt.of(Integer.parseInt(found.group(1))) : OptionalInt.empty();
    }
}
