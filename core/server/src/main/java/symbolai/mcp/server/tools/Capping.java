package symbolai.mcp.server.tools;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.OptionalLong;
import symbolai.mcp.api.ByteStream;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Reply;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.server.policy.Caps;
import symbolai.mcp.server.policy.Decision;

/** Holds one operation to the caps of the rule that opened it: all of its statements together bring back no more. */
final class Capping {

    private final Caps caps;
    private final String rule;

    Capping(Decision decision) {
        this.caps = decision.caps();
        this.rule = decision.rule();
    }

    /** Why the operation cannot be held to them; empty when it can. */
    Optional<ToolException> objection(Operation operation) {
        var bringsRows = operation.name().equals("d1.export")
                && !Boolean.FALSE.equals(operation.arguments().getValue("rows"));
        return caps.rows().isPresent() && bringsRows
                ? Optional.of(new ToolException(
                        Reason.REFUSED,
                        "an export has all rows, and the rule " + rule + " lets "
                                + caps.rows().getAsLong() + " through; export the schema alone, or query"))
                : Optional.empty();
    }

    /** A backend reads no more of each statement than it is asked for, and says so. */
    Operation asked(Operation operation) {
        if (!(operation.arguments().getValue("caps") instanceof JsonObject asked)) {
            return operation;
        }
        var least = asked.copy();
        lower(least, "rows", caps.rows());
        lower(least, "bytes", caps.bytes());
        return new Operation(
                operation.name(),
                operation.arguments().copy().put("caps", least),
                operation.access(),
                operation.deadline(),
                operation.cancellation());
    }

    private static void lower(JsonObject asked, String name, OptionalLong most) {
        most.ifPresent(limit -> asked.put(name, Math.min(limit, asked.getLong(name, limit))));
    }

    /** Rows beyond the caps are left out, and their result says truncated; anything else that is larger is refused. */
    Future<Reply> answered(Reply reply) {
        if (reply.json().getValue("results") instanceof JsonArray results) {
            cut(results);
            return Future.succeededFuture(reply);
        }
        var most = caps.bytes();
        if (most.isEmpty()) {
            return Future.succeededFuture(reply);
        }
        var tooMany = new ToolException(
                Reason.REFUSED,
                "the result has more than " + most.getAsLong() + " bytes, which is what the rule " + rule
                        + " lets through; ask for less");
        if (reply.json().toBuffer().length() > most.getAsLong()) {
            reply.body().ifPresent(ByteStream::close);
            return Future.failedFuture(tooMany);
        }
        return Future.succeededFuture(new Reply(
                reply.json(), reply.body().map(bytes -> new CappedBody(bytes, most.getAsLong(), tooMany))));
    }

    private void cut(JsonArray results) {
        long rows = caps.rows().orElse(Long.MAX_VALUE);
        long bytes = caps.bytes().orElse(Long.MAX_VALUE);
        for (int i = 0; i < results.size(); i++) {
            var result = results.getJsonObject(i);
            var all = result.getJsonArray("rows", new JsonArray());
            var kept = new JsonArray();
            while (kept.size() < all.size() && kept.size() < rows && bytes >= size(all, kept.size())) {
                bytes -= size(all, kept.size());
                kept.add(all.getValue(kept.size()));
            }
            rows -= kept.size();
            if (kept.size() < all.size()) {
                result.put("rows", kept).put("truncated", true);
            }
        }
    }

    private long size(JsonArray rows, int index) {
        return caps.bytes().isPresent() ? rows.getJsonArray(index).toBuffer().length() : 0;
    }
}
