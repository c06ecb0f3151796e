package symbolai.mcp.plugins.kv;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import symbolai.mcp.api.Quoted;
import symbolai.mcp.api.ToolException;

/**
 * A key with the value to write.
 *
 * @param bytes how many bytes the value has
 * @param json the entry as the operations take it
 */
record KvEntry(KvKey key, int bytes, JsonObject json) {

    static final int MOST_BYTES = 25 * 1024 * 1024;
    static final int LEAST_SECONDS = 60;

    private static final int MOST_METADATA = 1024;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    KvEntry {
        json = json.copy();
    }

    /** Fails with {@link ToolException.Reason#INVALID} when KV would not take it. */
    static KvEntry from(JsonObject given, Instant now) {
        var key = KvKey.of(given.getString("key"));
        var json = new JsonObject().put("key", key.text());
        var bytes = value(key, given, json);
        expiry(key, given, now, json);
        Optional.ofNullable(given.getValue("metadata")).ifPresent(metadata -> metadata(key, metadata, json));
        return new KvEntry(key, bytes, json);
    }

    JsonObject toJson() {
        return json.copy();
    }

    /** The same text for the same entry; a second call may name the properties of its metadata in another order. */
    String canonical() {
        return ((JsonObject) sorted(json)).encode();
    }

    private static Object sorted(Object value) {
        if (value instanceof JsonObject object) {
            Map<String, Object> properties = new TreeMap<>();
            object.forEach(property -> properties.put(property.getKey(), sorted(property.getValue())));
            return new JsonObject(properties);
        }
        return value instanceof JsonArray array
                ? new JsonArray(array.stream().map(KvEntry::sorted).toList())
                : value;
    }

    private static int value(KvKey key, JsonObject given, JsonObject json) {
        var text = Optional.ofNullable(given.getString("text"));
        var base64 = Optional.ofNullable(given.getString("base64"));
        if (text.isPresent() == base64.isPresent()) {
            throw invalid(key, "the value is given either as text or as base64");
        }
        text.ifPresent(value -> json.put("text", value));
        base64.ifPresent(value -> json.put("base64", value));
        var bytes = text.map(KvEntry::size).orElseGet(() -> decodedSize(key, base64.orElse("")));
        if (bytes > MOST_BYTES) {
            throw invalid(key, "the value has " + bytes + " bytes; at most " + MOST_BYTES + " are allowed");
        }
        return bytes;
    }

    /** Java would take base64 without its padding; not every backend does. */
    private static int decodedSize(KvKey key, String base64) {
        try {
            if (base64.length() % 4 == 0) {
                return Base64.getDecoder().decode(base64).length;
            }
        } catch (IllegalArgumentException otherAlphabet) {
            // Falls through to the same answer.
        }
        throw invalid(key, "the value is no base64; the standard alphabet with padding is expected");
    }

    private static void expiry(KvKey key, JsonObject given, Instant now, JsonObject json) {
        var expiration = Optional.ofNullable(given.getString("expiration"));
        var seconds = Optional.ofNullable(given.getInteger("expirationTtl"));
        if (expiration.isPresent() && seconds.isPresent()) {
            throw invalid(key, "give expiration or expirationTtl, not both");
        }
        expiration.map(text -> instant(key, text, now)).ifPresent(at -> json.put("expiration", at.toString()));
        seconds.ifPresent(count -> json.put("expirationTtl", count));
    }

    private static Instant instant(KvKey key, String text, Instant now) {
        try {
            var at = OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.SECONDS);
            if (Duration.between(now, at).toSeconds() < LEAST_SECONDS || at.isAfter(LATEST)) {
                throw invalid(
                        key,
                        "the expiration %s must be at least 60 seconds from now, %s, and before the year 10000"
                                .formatted(at, now));
            }
            return at;
        } catch (DateTimeException notATime) {
            throw invalid(
                    key, "the expiration \"" + Quoted.text(text) + "\" is no time; write it like 2027-01-31T12:00:00Z");
        }
    }

    private static void metadata(KvKey key, Object metadata, JsonObject json) {
        if (size(Json.encode(metadata)) > MOST_METADATA) {
            throw invalid(key, "the metadata has more than " + MOST_METADATA + " bytes as JSON");
        }
        json.put("metadata", metadata);
    }

    private static int size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static ToolException invalid(KvKey key, String message) {
        return new ToolException(ToolException.Reason.INVALID, "key \"" + Quoted.text(key.text()) + "\": " + message);
    }
}
