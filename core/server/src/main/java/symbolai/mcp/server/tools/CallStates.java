package symbolai.mcp.server.tools;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.TreeMap;
import symbolai.mcp.server.crypto.Sealer;
import symbolai.mcp.server.crypto.Sha256;

/** Seals what must outlive a question to the client: it opens only for the same subject, for a while. */
public final class CallStates {

    /** How long an answer is waited for. */
    public static final Duration LIFE = Duration.ofHours(1);

    /** Whose it is stands inside, so that one in other hands is told from one that was changed. */
    private static final String BOUND_INSIDE = "";

    private final Sealer sealer;
    private final Clock clock;

    public CallStates(Sealer sealer, Clock clock) {
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
    public record Asked(JsonObject state, JsonObject questions, JsonObject answers) {}

    /**
     * The sealed text.
     *
     * @param subject who asked, and then for what, in any order of members
     */
    public String seal(Asked asked, JsonArray subject) {
        var plain = new JsonObject()
                .put("caller", subject.getString(0))
                .put("subject", digest(subject))
                .put("expires", clock.instant().plus(LIFE).getEpochSecond())
                .put("state", asked.state())
                .put("questions", asked.questions())
                .put("answers", asked.answers());
        return sealer.seal(plain.toBuffer().getBytes(), BOUND_INSIDE);
    }

    /** What was sealed; empty when it has expired, was changed, or belongs to another subject. */
    public Optional<Asked> open(String sealed, JsonArray subject) {
        return opened(sealed)
                .filter(plain -> plain.getString("subject").equals(digest(subject)))
                .filter(plain -> plain.getLong("expires") >= clock.instant().getEpochSecond())
                .map(plain -> new Asked(
                        plain.getJsonObject("state"),
                        plain.getJsonObject("questions"),
                        plain.getJsonObject("answers")));
    }

    /** Whether it is good, or was, but not for this caller. */
    public boolean isAnothers(String sealed, String caller) {
        return opened(sealed)
                .filter(plain -> !plain.getString("caller").equals(caller))
                .isPresent();
    }

    private Optional<JsonObject> opened(String sealed) {
        return sealer.open(sealed, BOUND_INSIDE).map(bytes -> new JsonObject(Buffer.buffer(bytes)));
    }

    private static String digest(JsonArray subject) {
        var text = ((JsonArray) sorted(subject)).encode();
        return Base64.getEncoder().encodeToString(Sha256.hash(text.getBytes(StandardCharsets.UTF_8)));
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
}
