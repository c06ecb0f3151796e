package symbolai.mcp.plugins.cloudflare.rest;

import java.util.Optional;
import java.util.regex.Pattern;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;

/**
 * A place in a list that Cloudflare continues by cursors: so many entries after the beginning of the page at a cursor. It lets our pages be
 * shorter than Cloudflare's shortest.
 *
 * @param skip how many entries of the page were given before
 * @param cursor Cloudflare's cursor; empty at the beginning
 */
record SkipCursor(int skip, String cursor) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,6})\\.(.{0,4000})", Pattern.DOTALL);

    /** Reads a cursor of ours; none is the beginning. */
    static SkipCursor of(Optional<String> given) {
        if (given.isEmpty() || given.get().isEmpty()) {
            return new SkipCursor(0, "");
        }
        var parts = FORM.matcher(given.get());
        if (!parts.matches()) {
            throw new ToolException(Reason.INVALID, "this is no cursor that was given here");
        }
        return new SkipCursor(Integer.parseInt(parts.group(1)), parts.group(2));
    }

    Optional<String> upstream() {
        return Optional.of(cursor).filter(given -> !given.isEmpty());
    }

    /** The place after some entries of a page, if there is any. A next cursor that is the same again would never end. */
    Optional<SkipCursor> after(int given, int pageSize, Optional<String> next) {
        if (skip + given < pageSize) {
            return Optional.of(new SkipCursor(skip + given, cursor));
        }
        return next.filter(following -> !following.isEmpty() && !following.equals(cursor))
                .map(following -> new SkipCursor(0, following));
    }

    String text() {
        return skip + "." + cursor;
    }
}
