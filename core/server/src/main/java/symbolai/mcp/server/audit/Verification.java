package symbolai.mcp.server.audit;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What came of checking an audit log.
 *
 * @param records how many records there are
 * @param first the number of the first one; 0 when there is none
 * @param last the number of the last one; 0 when there is none
 * @param segments how many files they are in
 * @param checkpoints how many signed checkpoints were compared
 * @param signedUpTo the greatest number that a checkpoint names; 0 when there is none
 * @param keys the ids of the public keys whose signatures counted
 * @param torn whether the last line is not whole, as a crash leaves it; it was never acknowledged
 * @param damages what is not as it was written, from the first on; a long list is cut
 */
public record Verification(
        long records,
        long first,
        long last,
        int segments,
        int checkpoints,
        long signedUpTo,
        List<String> keys,
        boolean torn,
        List<Damage> damages) {

    public Verification {
        keys = List.copyOf(keys);
        damages = List.copyOf(damages);
    }

    /** Whether everything is as it was written. */
    public boolean intact() {
        return damages.isEmpty();
    }

    /** As a JSON object. */
    public JsonObject json() {
        return new JsonObject()
                .put("intact", intact())
                .put("records", records)
                .put("first", first)
                .put("last", last)
                .put("segments", segments)
                .put("checkpoints", checkpoints)
                .put("signedUpTo", signedUpTo)
                .put("keys", new JsonArray(keys))
                .put("torn", torn)
                .put("damages", new JsonArray(damages.stream().map(Damage::json).toList()));
    }
}
