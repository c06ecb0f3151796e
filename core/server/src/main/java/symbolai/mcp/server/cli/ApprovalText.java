package symbolai.mcp.server.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * A request for an approval, for a person at a terminal. Characters that are not seen are shown as question marks; lines of the text are
 * indented, so that none of them looks like one of ours.
 */
record ApprovalText(JsonObject approval) {

    private static final String INDENT = "    ";

    String text() {
        var text = new StringBuilder();
        line(text, "Approval", "id");
        line(text, "State", "state");
        line(text, "Asked by", "requester");
        line(text, "Program", "client");
        line(text, "From", "address");
        line(text, "Tool", "tool");
        line(text, "Account", "account");
        line(text, "Done to", "target");
        line(text, "Why", "reason");
        line(text, "Who may", "approvers");
        line(text, "Expires", "expires");
        steps(text, approval.getJsonArray("steps", new JsonArray()));
        line(text, "No preview", "previewProblem");
        if (approval.containsKey("arguments")) {
            text.append("Arguments\n")
                    .append(indented(approval.getJsonObject("arguments").encodePrettily()));
        }
        votes(text, approval.getJsonArray("votes"));
        return text.toString().stripTrailing();
    }

    private void line(StringBuilder text, String label, String member) {
        var value = approval.getString(member, "");
        if (!value.isEmpty()) {
            text.append("%-12s%s%n".formatted(label, Table.harmless(value)));
        }
    }

    private static void steps(StringBuilder text, JsonArray steps) {
        for (var number = 0; number < steps.size(); number++) {
            var step = steps.getJsonObject(number);
            var rows = step.containsKey("rows") ? step.getLong("rows") + " rows" : "rows unknown";
            text.append("Step %d of %d, %s%n".formatted(number + 1, steps.size(), rows));
            text.append(indented(step.getString("text")));
            step.getJsonArray("plan").forEach(line -> text.append(indented("plan: " + line)));
            if (!step.getString("note").isEmpty()) {
                text.append(indented("note: " + step.getString("note")));
            }
        }
    }

    private static void votes(StringBuilder text, JsonArray votes) {
        for (var element : votes) {
            var vote = (JsonObject) element;
            var note = vote.getString("note").isEmpty() ? "" : ": " + vote.getString("note");
            text.append(Table.harmless("%s by %s at %s%s"
                            .formatted(
                                    vote.getBoolean("granted") ? "Approved" : "Denied",
                                    vote.getString("by"),
                                    vote.getString("at"),
                                    note)))
                    .append('\n');
        }
    }

    private static String indented(String text) {
        var lines = new StringBuilder();
        text.lines()
                .forEach(line ->
                        lines.append(INDENT).append(Table.harmless(line)).append('\n'));
        return lines.toString();
    }
}
