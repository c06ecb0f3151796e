package symbolai.mcp.server.policy;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import symbolai.mcp.server.store.RuleRow;

/**
 * A rule, and who wrote it when.
 *
 * @param author the name of the user who wrote it last; empty for a rule that came with the server
 */
public record KeptRule(Rule rule, Instant created, Instant updated, String author) {

    static KeptRule of(RuleRow row) {
        return new KeptRule(
                RuleReader.read(new JsonObject(row.json())),
                Instant.ofEpochMilli(row.created()),
                Instant.ofEpochMilli(row.updated()),
                row.author());
    }

    RuleRow row() {
        return new RuleRow(
                rule.id(), RuleCodec.json(rule).encode(), created.toEpochMilli(), updated.toEpochMilli(), author);
    }
}
