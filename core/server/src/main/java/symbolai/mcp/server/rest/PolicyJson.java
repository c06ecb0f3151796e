package symbolai.mcp.server.rest;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import symbolai.mcp.server.policy.Decision;
import symbolai.mcp.server.policy.Explanation;
import symbolai.mcp.server.policy.KeptRule;
import symbolai.mcp.server.policy.PolicyState;
import symbolai.mcp.server.policy.RuleCodec;
import symbolai.mcp.server.store.PolicyChangeRow;

/** Writes the policy as REST shows it. */
final class PolicyJson {

    JsonObject state(PolicyState state) {
        var rules = new JsonArray();
        state.rules().forEach(rule -> rules.add(rule(rule)));
        return new JsonObject()
                .put("version", state.version())
                .put("readOnly", state.readOnly())
                .put("rules", rules)
                .put("count", rules.size());
    }

    private static JsonObject rule(KeptRule kept) {
        var json = new JsonObject().put("rule", RuleCodec.json(kept.rule()));
        if (!kept.author().isEmpty()) {
            json.put("author", kept.author())
                    .put("created", kept.created().toString())
                    .put("updated", kept.updated().toString());
        }
        return json;
    }

    JsonObject history(List<PolicyChangeRow> changes) {
        var all = new JsonArray();
        changes.forEach(change -> all.add(change(change)));
        return new JsonObject().put("changes", all).put("count", all.size());
    }

    private static JsonObject change(PolicyChangeRow change) {
        return new JsonObject()
                .put("version", change.version())
                .put("at", Instant.ofEpochMilli(change.at()).toString())
                .put("author", change.author())
                .put("action", change.action())
                .put("rule", change.subject())
                .put("before", new JsonObject(change.before()))
                .put("after", new JsonObject(change.after()));
    }

    JsonObject explanation(Explanation explanation) {
        var rules = new JsonArray();
        explanation
                .rules()
                .forEach(rule -> rules.add(new JsonObject()
                        .put("rule", rule.rule())
                        .put("effect", rule.effect().text())
                        .put("matches", rule.match())
                        .put("why", new JsonArray(rule.why()))));
        return decision(explanation.decision()).put("rules", rules);
    }

    private static JsonObject decision(Decision decision) {
        var json = new JsonObject()
                .put("outcome", decision.outcome().name().toLowerCase(Locale.ROOT))
                .put("decidedBy", decision.rule())
                .put("reason", decision.reason());
        decision.caps().rows().ifPresent(rows -> json.put("mostRows", rows));
        decision.caps().bytes().ifPresent(bytes -> json.put("mostBytes", bytes));
        return json;
    }
}
