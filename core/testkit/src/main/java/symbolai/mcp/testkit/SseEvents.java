package symbolai.mcp.testkit;

import java.util.ArrayList;
import java.util.List;

/** Reads the text of an event stream, as much of it as has come. */
final class SseEvents {

    private SseEvents() {}

    static List<SseEvent> parse(String text) {
        var events = new ArrayList<SseEvent>();
        for (var block : text.split("\n\n", -1)) {
            var event = one(block);
            if (!event.isEmpty()) {
                events.add(event);
            }
        }
        return events;
    }

    static SseEvent one(String block) {
        var name = "message";
        var id = "";
        var retry = "";
        var comment = "";
        var data = new ArrayList<String>();
        for (var line : block.split("\n", -1)) {
            if (line.startsWith(":")) {
                comment = line.substring(1).strip();
            } else if (line.startsWith("event:")) {
                name = line.substring(6).strip();
            } else if (line.startsWith("id:")) {
                id = line.substring(3).strip();
            } else if (line.startsWith("retry:")) {
                retry = line.substring(6).strip();
            } else if (line.startsWith("data:")) {
                data.add(line.substring(5).strip());
            }
        }
        return new SseEvent(name, id, retry, comment, String.join("\n", data));
    }
}
