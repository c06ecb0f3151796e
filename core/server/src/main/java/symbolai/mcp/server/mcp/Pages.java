package symbolai.mcp.server.mcp;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Cuts lists into pages; a cursor says where the next one begins. */
final class Pages {

    /** The length of a page. */
    static final int LENGTH = 250;

    private static final String PREFIX = "from:";

    /**
     * A part of a list.
     *
     * @param next the cursor of the next page; empty at the end
     */
    record Page<T>(List<T> items, Optional<String> next) {}

    /** Where the page of the cursor begins; a cursor that no list gives is refused. */
    int start(Optional<String> cursor) {
        return cursor.map(Pages::decoded).orElse(0);
    }

    /** The page that begins there. */
    <T> Page<T> page(List<T> all, int start) {
        if (start > 0 && start >= all.size()) {
            throw badCursor();
        }
        int end = Math.min(all.size(), start + LENGTH);
        var next = end < all.size() ? Optional.of(encoded(end)) : Optional.<String>empty();
        return new Page<>(all.subList(start, end), next);
    }

    private static String encoded(int start) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((PREFIX + start).getBytes(StandardCharsets.UTF_8));
    }

    private static int decoded(String cursor) {
        try {
            var text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            int start = text.startsWith(PREFIX) ? Integer.parseInt(text.substring(PREFIX.length())) : 0;
            if (start > 0 && start % LENGTH == 0) {
                return start;
            }
        } catch (IllegalArgumentException notOurs) {
            throw badCursor();
        }
        throw badCursor();
    }

    private static RuntimeException badCursor() {
        return Params.invalid("cursor is not one that this server gave for the list as it is now");
    }
}
