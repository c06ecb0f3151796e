package symbolai.mcp.server.rest.v4;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * One of Cloudflare's numbered pages, put together from those that an operation gives, which are at most {@link #LARGEST} long.
 *
 * @param page its number
 * @param perPage how many things it holds
 */
record Paging(int page, int perPage) {

    private static final int LARGEST = 100;

    /** What an operation gave of a page. */
    private record Gathered(JsonArray items, boolean more) {}

    static Paging of(V4Request request, int fallback, int most) {
        return new Paging(request.number("page", 1, 1, 1_000_000), request.number("per_page", fallback, 1, most));
    }

    /**
     * Gathers the page and answers with it.
     *
     * @param items the name of the list in the operation's results
     * @param shape turns one thing into Cloudflare's form of it
     */
    Future<V4Answer> answer(
            LocalAccount account,
            String operation,
            JsonObject arguments,
            String items,
            Function<JsonObject, JsonObject> shape) {
        var step = step();
        var first = Math.multiplyFull(page - 1, perPage / step) + 1;
        var gathered = Future.succeededFuture(new Gathered(new JsonArray(), true));
        for (var index = 0; index < perPage / step; index++) {
            var number = (int) Math.min(first + index, Integer.MAX_VALUE);
            gathered = gathered.compose(before -> before.more()
                    ? account.read(
                                    operation,
                                    arguments.copy().put("page", number).put("perPage", step))
                            .map(reply -> joined(before, reply, items))
                    : Future.succeededFuture(before));
        }
        return gathered.map(all -> answer(all, shape));
    }

    static JsonObject info(int page, int perPage, int count, long total) {
        return new JsonObject()
                .put("page", page)
                .put("per_page", perPage)
                .put("count", count)
                .put("total_count", total)
                .put("total_pages", (total + perPage - 1) / perPage);
    }

    /** How many things the operation is asked for at once: as many as divide the page evenly. */
    private int step() {
        return IntStream.rangeClosed(1, Math.min(LARGEST, perPage))
                .filter(size -> perPage % size == 0)
                .max()
                .orElse(1);
    }

    private static Gathered joined(Gathered before, JsonObject reply, String items) {
        before.items().addAll(reply.getJsonArray(items));
        return new Gathered(before.items(), reply.containsKey("nextPage"));
    }

    /** The operation does not count everything, so the total only says whether there is more. */
    private V4Answer answer(Gathered gathered, Function<JsonObject, JsonObject> shape) {
        var result = new JsonArray();
        for (var index = 0; index < gathered.items().size(); index++) {
            result.add(shape.apply(gathered.items().getJsonObject(index)));
        }
        var total = Math.multiplyFull(page - 1, perPage) + result.size() + (gathered.more() ? 1 : 0);
        return V4Answer.page(result, info(page, perPage, result.size(), total));
    }
}
