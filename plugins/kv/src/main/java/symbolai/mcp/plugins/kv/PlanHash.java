package symbolai.mcp.plugins.kv;

import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;
import symbolai.mcp.api.Schemas;
import symbolai.mcp.api.ToolCall;
import symbolai.mcp.api.ToolException;

/** Tells one change from every other, so that what was shown is what is done. */
record PlanHash(String text) {

    static final String ARGUMENT = "planHash";

    private static final int BYTES = 16;

    /** Of all that the change depends on; each part is told from its neighbours by its length. */
    static PlanHash of(Stream<String> parts) {
        var digest = sha256();
        parts.map(part -> part.getBytes(StandardCharsets.UTF_8)).forEachOrdered(bytes -> {
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
            digest.update(bytes);
        });
        return new PlanHash(HexFormat.of().formatHex(digest.digest(), 0, BYTES));
    }

    static JsonObject argument() {
        return Schemas.string("With dryRun false: the planHash that the dry run gave.")
                .put("maxLength", 64);
    }

    static JsonObject result() {
        return Schemas.string("Dry run: repeat it with dryRun false to do exactly this.");
    }

    /** Fails unless the caller was shown this very change. */
    void check(ToolCall call) {
        var given = call.arguments().getString(ARGUMENT, "");
        if (given.isEmpty()) {
            throw new ToolException(
                    ToolException.Reason.INVALID,
                    "dryRun is false and there is no planHash; call %s with dryRun true first, it gives one"
                            .formatted(call.tool()));
        }
        if (!given.equals(text)) {
            throw new ToolException(
                    ToolException.Reason.CONFLICT,
                    "this planHash belongs to another change: the arguments or what is there are not as they were shown; call %s with dryRun true again"
                            .formatted(call.tool()));
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
