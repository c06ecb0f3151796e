package symbolai.mcp.server.mcp;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.TreeMap;
import symbolai.mcp.api.Caller;
import symbolai.mcp.server.crypto.Sealer;
import symbolai.mcp.server.jsonrpc.JsonRpcException;
import symbolai.mcp.server.jsonrpc.JsonRpcMessage;

/** Seals what must outlive a question into {@code requestState}: it opens only for the same caller, method and arguments, for a while. */
final class RequestStates {

    static final Duration LIFE = Duration.ofHours(1);

    private final Sealer sealer;
    private final Clock clock;

    RequestStates(Sealer sealer, Clock clock) {
        this.sealer = sealer;
        this.clock = clock;
    }

    /**
     * What is sealed.
     *
     * @param state the handler's own
     * @param questions all questions of this round, as they were sent
     * @param answers those of them that are answered already
     */
    record Asked(JsonObject state, JsonObject questions, JsonObject answers) {}

    String seal(Asked asked, JsonRpcMessage.Request request, Caller caller) {
        var plain = new JsonObject()
                .put("expires", clock.instant().plus(LIFE).getEpochSecond())
                .put("state", asked.state())
                .put("questions", asked.questions())
                .put("answers", asked.answers());
        return sealer.seal(plain.toBuffer().getBytes(), belongsTo(request, caller));
    }

    Asked open(String sealed, JsonRpcMessage.Request request, Caller caller) {
        var plain = sealer.open(sealed, belongsTo(request, caller))
                .map(bytes -> new JsonObject(Buffer.buffer(bytes)))
                .orElseThrow(RequestStates::refused);
        if (plain.getLong("expires") < clock.instant().getEpochSecond()) {
            throw refused();
        }
        return new Asked(
                plain.getJsonObject("state"), plain.getJsonObject("questions"), plain.getJsonObject("answers"));
    }

    private static JsonRpcException refused() {
        return Params.invalid(
                "requestState has expired, was changed, or belongs to another caller or request; begin again without it");
    }

    private static String belongsTo(JsonRpcMessage.Request request, Caller caller) {
        var params = request.params();
        var subject = new JsonArray()
                .add(caller.id())
                .add(request.method())
                .add(text(params.getValue("name")))
                .add(text(params.getValue("uri")))
                .add(sorted(params.getValue("arguments", new JsonObject())));
        return Base64.getEncoder().encodeToString(digest(subject.encode()));
    }

    private static String text(@org.jspecify.annotations.Nullable Object value) {
        return value instanceof String text ? text : "";
    }

    private static Object sorted(Object value) {
        if (value instanceof JsonObject object) {
            var members = new TreeMap<String, Object>();
            object.forEach(member -> members.put(member.getKey(), sorted(member.getValue())));
            return new JsonObject(members);
        }
        if (value instanceof JsonArray array) {
            var elements = new JsonArray();
            array.forEach(element -> elements.add(sorted(element)));
            return elements;
        }
        return value;
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has SHA-256", impossible);
        }
    }
}
