package symbolai.mcp.plugins.local.kv;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.plugins.local.store.Payload;

/**
 * A value to write.
 *
 * @param key the key in UTF-8
 * @param value the bytes
 * @param expires when it ends, in seconds since 1970
 * @param metadata as JSON
 */
@SuppressWarnings("ArrayRecordComponent") // It is passed on and never compared.
record KvEntry(byte[] key, byte[] value, Optional<Long> expires, Optional<String> metadata) {

    private static final int LONGEST_KEY = 512;
    private static final int LONGEST_METADATA = 1024;
    private static final int LONGEST_VALUE = 25 << 20;
    private static final int SHORTEST_LIFE_SECONDS = 60;

    /** As the arguments of an operation say; INVALID when one of KV's limits is broken. */
    static KvEntry read(JsonObject json, Instant now) {
        var value = Payload.read(json);
        if (value.length > LONGEST_VALUE) {
            throw invalid("the value has " + value.length + " bytes; KV takes at most " + LONGEST_VALUE);
        }
        return new KvEntry(key(json.getString("key", "")), value, expires(json, now), metadata(json));
    }

    /** The key in UTF-8; INVALID when KV has no such keys. */
    static byte[] key(String key) {
        var bytes = Payload.utf8("the key", key);
        if (bytes.length == 0 || bytes.length > LONGEST_KEY || key.equals(".") || key.equals("..")) {
            throw invalid("a key has 1 to " + LONGEST_KEY + " bytes and is not . or ..; this one has " + bytes.length
                    + " bytes");
        }
        return bytes;
    }

    private static Optional<Long> expires(JsonObject json, Instant now) {
        var life = json.getLong("expirationTtl");
        if (life != null) {
            return Optional.of(checked(now.getEpochSecond() + life, now));
        }
        return Optional.ofNullable(json.getString("expiration")).map(at -> checked(seconds(at), now));
    }

    private static long seconds(String at) {
        try {
            return Instant.parse(at).getEpochSecond();
        } catch (DateTimeParseException wrong) {
            throw invalid("expiration is a time such as 2030-01-31T12:00:00Z");
        }
    }

    private static long checked(long expires, Instant now) {
        if (expires < now.getEpochSecond() + SHORTEST_LIFE_SECONDS) {
            throw invalid("a value lives at least " + SHORTEST_LIFE_SECONDS + " seconds");
        }
        return expires;
    }

    private static Optional<String> metadata(JsonObject json) {
        var metadata = Optional.ofNullable(json.getValue("metadata")).map(Json::encode);
        var length = metadata.map(text -> text.getBytes(StandardCharsets.UTF_8).length)
                .orElse(0);
        if (length > LONGEST_METADATA) {
            throw invalid("the metadata has " + length + " bytes as JSON; KV takes at most " + LONGEST_METADATA);
        }
        return metadata;
    }

    private static ToolException invalid(String message) {
        return new ToolException(ToolException.Reason.INVALID, message);
    }
}
