package symbolai.mcp.server.mcp.legacy;

import java.util.List;
import java.util.Locale;
import symbolai.mcp.server.mcp.RequestHead;

/**
 * Which forms of an answer a client takes. Clients are taken as they are: without a known form among them, an answer is JSON.
 *
 * @param json whether it takes {@code application/json}
 * @param events whether it takes {@code text/event-stream}
 */
record AcceptedTypes(boolean json, boolean events) {

    private static final String ANYTHING = "*/*";

    /** What the Accept header says. */
    static AcceptedTypes of(RequestHead head) {
        List<String> values = head.all("accept");
        String types = String.join(",", values).toLowerCase(Locale.ROOT);
        boolean anything = values.isEmpty() || types.contains(ANYTHING);
        boolean events = anything || types.contains("text/event-stream") || types.contains("text/*");
        return new AcceptedTypes(anything || types.contains("application/json") || !events, events);
    }
}
