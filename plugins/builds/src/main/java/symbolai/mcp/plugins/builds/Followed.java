package symbolai.mcp.plugins.builds;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far a build was followed; kept between the rounds.
 *
 * @param cursor where the log is read on
 * @param complete whether the log has ended
 * @param tail its last lines
 * @param fresh the lines of this round
 * @param count how many lines there were in all
 * @param rounds how many rounds there were
 */
record Followed(
        Optional<String> cursor, boolean complete, List<LogLine> tail, List<LogLine> fresh, int count, int rounds) {

    private static final int TAIL = 50;

    Followed {
        tail = List.copyOf(tail);
        fresh = List.copyOf(fresh);
    }

    /** What the state of the call holds; the beginning, when it is empty. */
    static Followed from(JsonObject state) {
        var tail = state.getJsonArray("tail", new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .map(LogLine::from)
                .toList();
        return new Followed(
                Optional.ofNullable(state.getString("cursor")),
                state.getBoolean("complete", false),
                tail,
                List.of(),
                state.getInteger("count", 0),
                state.getInteger("rounds", 0));
    }

    /** The same after one more page; a page without a cursor is the last one. */
    Followed after(LogPage page) {
        var lines = new ArrayList<>(tail);
        lines.addAll(page.lines());
        return new Followed(
                page.cursor().or(() -> cursor),
                complete || page.cursor().isEmpty(),
                lines.subList(Math.max(0, lines.size() - TAIL), lines.size()),
                page.lines(),
                count + page.lines().size(),
                rounds + 1);
    }

    /** Whether the log of a build that has stopped is read to its end. */
    boolean hasAll() {
        return complete || fresh.isEmpty();
    }

    JsonObject toJson() {
        var json = new JsonObject()
                .put("complete", complete)
                .put("tail", new JsonArray(tail.stream().map(LogLine::toJson).toList()))
                .put("count", count)
                .put("rounds", rounds);
        cursor.ifPresent(from -> json.put("cursor", from));
        return json;
    }
}
