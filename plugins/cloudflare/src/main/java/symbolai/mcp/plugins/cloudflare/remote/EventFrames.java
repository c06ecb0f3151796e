package symbolai.mcp.plugins.cloudflare.remote;

import java.util.ArrayList;
import java.util.List;

/** Reads the data of server-sent events. */
final class EventFrames {

    private EventFrames() {}

    /** The data of each event, in order; an event without data is none, and neither is one that was not ended. */
    static List<String> data(String stream) {
        var events = new ArrayList<String>();
        var lines = new ArrayList<String>();
        for (var line : stream.split("\r\n|\r|\n", -1)) {
            if (line.isEmpty()) {
                add(events, lines);
            } else if (line.equals("data") || line.startsWith("data:")) {
                lines.add(value(line));
            }
        }
        return events;
    }

    private static void add(List<String> events, List<String> lines) {
        if (!lines.isEmpty()) {
            events.add(String.join("\n", lines));
            lines.clear();
        }
    }

    private static String value(String line) {
        var value = line.length() > 5 ? line.substring(5) : "";
        return value.startsWith(" ") ? value.substring(1) : value;
    }
}
