package symbolai.mcp.api;

import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;

/**
 * Tells one change from every other, so that what a dry run showed is what is done.
 *
 * @param text in hexadecimal digits; the dry run gives it, and the call that does it repeats it in the argument {@value #ARGUMENT}
 */
public record PlanHash(String text) {

    /** The optional argument of a tool that shows its change first. */
    public static final String ARGUMENT = "planHash";

    private static final int BYTES = 16;

    /** Of all that the change depends on; each part is told from its neighbours by its length. */
    public static PlanHash of(Stream<String> parts) {
        var digest = sha256();
        parts.map(part -> part.getBytes(StandardCharsets.UTF_8)).forEachOrdered(bytes -> {
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
            digest.update(bytes);
        });
        return new PlanHash(HexFormat.of().formatHex(digest.digest(), 0, BYTES));
    }

    /** The schema of the argument. */
    public static JsonObject argument() {
        return Schemas.string("With dryRun false: the planHash that the dry run gave.")
                .put("maxLength", 64);
    }

    /** The schema of the same in the result of a dry run. */
    public static JsonObject result() {
        return Schemas.string("Dry run: repeat it with dryRun false to do exactly this.");
    }

    /**
     * Lets the call go on when the caller was shown this very change.
     *
     * @throws ToolException INVALID when the call names no plan, CONFLICT when it names another one
     */
    public void check(ToolCall call) {
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
