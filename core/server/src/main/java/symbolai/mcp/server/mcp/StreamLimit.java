package symbolai.mcp.server.mcp;

import java.util.HashMap;
import java.util.Map;

/** How many streams one caller, and all callers together, may keep open. Safe for any thread. */
public final class StreamLimit {

    private final int perCaller;
    private final int inAll;
    private final Map<String, Integer> open = new HashMap<>();
    private int count;

    public StreamLimit(int perCaller, int inAll) {
        this.perCaller = perCaller;
        this.inAll = inAll;
    }

    /** Counts one more stream of the caller's; false, and nothing counted, when that would be too many. */
    public synchronized boolean take(String caller) {
        int own = open.getOrDefault(caller, 0);
        if (own >= perCaller || count >= inAll) {
            return false;
        }
        open.put(caller, own + 1);
        count++;
        return true;
    }

    /** A stream that was counted has ended. */
    public synchronized void give(String caller) {
        count--;
        open.computeIfPresent(caller, (same, own) -> own > 1 ? own - 1 : null);
    }

    /** What a caller is told who has too many. */
    public String refusal() {
        return "too many streams are open: " + perCaller + " of one caller and " + inAll + " in all; close one first";
    }
}
