package symbolai.mcp.plugins.workers;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import symbolai.mcp.api.Fence;
import symbolai.mcp.api.Quoted;
import symbolai.mcp.api.ToolCall;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolOutcome;
import symbolai.mcp.api.ToolResult;

/**
 * A change that is shown before it is made, so that what was shown is what is done.
 *
 * @param shown what the caller is shown
 * @param basis all that the change depends on: what was asked for, and what is there now
 */
record Plan(JsonObject shown, JsonObject basis) {

    static final String DRY_RUN = "dryRun";
    static final String HASH = "planHash";

    private static final int HASH_BYTES = 16;

    /** Shows the change, or makes it when the caller was shown this very one. */
    Future<ToolOutcome> showOrDo(ToolCall call, Fence fence, Supplier<Future<ToolOutcome>> deed) {
        var hash = hash();
        if (call.arguments().getBoolean(DRY_RUN, true)) {
            return Future.succeededFuture(show(call.tool(), hash, fence));
        }
        var given = call.arguments().getString(HASH, "");
        if (given.isEmpty()) {
            return refuse(
                    ToolException.Reason.INVALID,
                    "dryRun is false and there is no planHash; call %s with dryRun true first, it gives one"
                            .formatted(call.tool()));
        }
        return given.equals(hash)
                ? deed.get()
                : refuse(
                        ToolException.Reason.CONFLICT,
                        "planHash \"%s\" belongs to another change: the arguments or what is deployed are not as they were shown; call %s with dryRun true again"
                                .formatted(Quoted.text(given), call.tool()));
    }

    private ToolOutcome show(String tool, String hash, Fence fence) {
        var json = new JsonObject().put(DRY_RUN, true).put(HASH, hash).mergeIn(shown);
        return ToolResult.json(
                json,
                "Nothing was changed yet. To make exactly this change, call %s with the same arguments, dryRun false and planHash \"%s\".\n%s"
                        .formatted(tool, hash, fence.around(json.encode())));
    }

    private static Future<ToolOutcome> refuse(ToolException.Reason reason, String message) {
        return Future.failedFuture(new ToolException(reason, message));
    }

    private String hash() {
        try {
            var bytes = ((JsonObject) sorted(basis)).encode().getBytes(StandardCharsets.UTF_8);
            var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The same JSON with its properties in order, because a second call may name them in another one. */
    private static Object sorted(Object value) {
        if (value instanceof JsonObject object) {
            Map<String, Object> properties = new TreeMap<>();
            object.forEach(property -> properties.put(property.getKey(), sorted(property.getValue())));
            return new JsonObject(properties);
        }
        return value instanceof JsonArray array
                ? new JsonArray(array.stream().map(Plan::sorted).toList())
                : value;
    }
}
