package symbolai.mcp.server.mcp;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import symbolai.mcp.api.CallLog;

/**
 * What a request since 2026-07-28 says of its client in {@code _meta}.
 *
 * @param version the protocol version that it claims, known here or not
 * @param capabilities the client's capabilities as declared
 * @param name what the client calls itself; may be empty
 * @param logLevel the least level of log messages that it wants for this request
 */
public record Envelope(String version, JsonObject capabilities, String name, Optional<CallLog.Level> logLevel) {

    private static final String PREFIX = "io.modelcontextprotocol/";
    private static final String VERSION = PREFIX + "protocolVersion";
    private static final String CAPABILITIES = PREFIX + "clientCapabilities";
    private static final String CLIENT = PREFIX + "clientInfo";
    private static final String LOG_LEVEL = PREFIX + "logLevel";

    /** Whether the parameters claim a version, rightly or wrongly formed; only clients since 2026-07-28 do. */
    public static boolean isClaimedBy(JsonObject params) {
        return params.getValue("_meta") instanceof JsonObject meta && meta.containsKey(VERSION);
    }

    /** Whether all that is required is there. */
    public static boolean isCompleteIn(JsonObject params) {
        return missing(params).isEmpty();
    }

    /** The required keys that are missing, or are not of their type. */
    public static List<String> missing(JsonObject params) {
        var meta = params.getValue("_meta") instanceof JsonObject object ? object : new JsonObject();
        var missing = new ArrayList<String>();
        if (!(meta.getValue(VERSION) instanceof String)) {
            missing.add(VERSION);
        }
        if (!(meta.getValue(CAPABILITIES) instanceof JsonObject)) {
            missing.add(CAPABILITIES);
        }
        return missing;
    }

    /** Reads the envelope; refuses one that is not complete or not well formed. */
    public static Envelope read(JsonObject params) {
        var missing = missing(params);
        if (!missing.isEmpty()) {
            throw Params.invalid(
                    "params._meta lacks, or has of another type than text or object: " + String.join(", ", missing));
        }
        var meta = new Params(params).meta();
        return new Envelope(
                meta.getString(VERSION), meta.getJsonObject(CAPABILITIES), clientName(meta), logLevel(meta));
    }

    private static String clientName(JsonObject meta) {
        if (!meta.containsKey(CLIENT)) {
            return "";
        }
        if (meta.getValue(CLIENT) instanceof JsonObject client && client.getValue("name") instanceof String name) {
            return name;
        }
        throw Params.invalid(CLIENT + " must be an object with a name and a version");
    }

    private static Optional<CallLog.Level> logLevel(JsonObject meta) {
        var value = meta.getValue(LOG_LEVEL);
        if (value == null && !meta.containsKey(LOG_LEVEL)) {
            return Optional.empty();
        }
        var level = Arrays.stream(CallLog.Level.values())
                .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(value))
                .findFirst();
        if (level.isEmpty()) {
            throw Params.invalid(
                    LOG_LEVEL + " must be one of debug, info, notice, warning, error, critical, alert, emergency");
        }
        return level;
    }
}
