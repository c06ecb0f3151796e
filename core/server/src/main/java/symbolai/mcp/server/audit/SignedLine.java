package symbolai.mcp.server.audit;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import symbolai.mcp.server.crypto.PublicSigner;
import symbolai.mcp.server.crypto.VerifyingKey;

/** A line of JSON with a signature of what comes before it: {@code {…,"key":"…","signature":"…"}}. */
final class SignedLine {
    private static final String SIGNATURE = ",\"signature\":\"";

    private SignedLine() {}

    static String sign(JsonObject facts, PublicSigner signer, VerifyingKey key) {
        var text = AsciiJson.encode(facts.copy().put("key", key.id()));
        return text.substring(0, text.length() - 1) + SIGNATURE + signer.sign(text) + "\"}";
    }

    /** What was signed; empty unless one of the keys says so. */
    static Optional<JsonObject> open(String line, List<VerifyingKey> keys) {
        int at = line.lastIndexOf(SIGNATURE);
        if (at < 0 || !line.endsWith("\"}")) {
            return Optional.empty();
        }
        var text = line.substring(0, at) + "}";
        var signature = line.substring(at + SIGNATURE.length(), Math.max(at + SIGNATURE.length(), line.length() - 2));
        return keys.stream().anyMatch(key -> key.verify(text, signature)) ? json(text) : Optional.empty();
    }

    private static Optional<JsonObject> json(String text) {
        try {
            return Optional.of(new JsonObject(text));
        } catch (DecodeException | ClassCastException notAnObject) {
            return Optional.empty();
        }
    }
}
