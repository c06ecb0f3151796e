package symbolai.mcp.plugins.d1;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import symbolai.mcp.api.ToolException;

/** What a file of SQL would do, as far as its statements tell. */
record ImportPlan(int statements, Map<String, Long> verbs) {

    /** D1 runs a file as it sees fit; it takes no word on that from the file. */
    private static final Set<String> REFUSED =
            Set.of("BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE", "ATTACH", "DETACH", "VACUUM");

    /** Fails with {@link ToolException.Reason#INVALID} for what D1 would not run. */
    static ImportPlan of(String sql, SqlGate gate) {
        var gated = gate.checkAll(sql);
        if (gated.isEmpty()) {
            throw new ToolException(ToolException.Reason.INVALID, "there is no SQL statement");
        }
        refuse(gated);
        var verbs = gated.stream()
                .collect(Collectors.groupingBy(GatedStatement::verb, TreeMap::new, Collectors.counting()));
        return new ImportPlan(gated.size(), verbs);
    }

    private static void refuse(List<GatedStatement> gated) {
        var refused = gated.stream()
                .map(GatedStatement::verb)
                .filter(REFUSED::contains)
                .distinct()
                .collect(Collectors.joining(", "));
        if (!refused.isEmpty()) {
            throw new ToolException(
                    ToolException.Reason.INVALID, "D1 does not run " + refused + "; leave these statements out");
        }
    }

    JsonObject toJson() {
        var counts = new JsonArray();
        verbs.forEach(
                (verb, count) -> counts.add(new JsonObject().put("verb", verb).put("count", count)));
        return new JsonObject().put("statementCount", statements).put("verbs", counts);
    }
}
