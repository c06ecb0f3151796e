package symbolai.mcp.server.cli;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import symbolai.mcp.server.audit.Verification;

/** What the audit log says, in lines for people. */
record AuditFindings(Context context) {

    private static final List<String> FACTS = List.of(
            "caller",
            "name",
            "address",
            "tool",
            "target",
            "decision",
            "rule",
            "outcome",
            "reason",
            "rows",
            "millis",
            "damaged");

    void print(Verification found) {
        context.print("Records: " + found.records()
                + (found.records() == 0 ? "" : ", from " + found.first() + " to " + found.last()) + ", in files: "
                + found.segments() + ".");
        context.print("Checkpoints: " + found.checkpoints()
                + (found.checkpoints() == 0 ? "." : ", the last one signs record " + found.signedUpTo() + "."));
        context.print("Keys trusted: " + (found.keys().isEmpty() ? "none." : String.join(", ", found.keys()) + "."));
        if (found.torn()) {
            context.print("The last line is not whole, as a crash leaves it; it was never acknowledged.");
        }
        found.damages().forEach(damage -> context.complain(Table.harmless(damage.text())));
        context.print(found.intact() ? "Every record is as it was written." : "The log is NOT as it was written.");
    }

    /** A record in one line. */
    static String line(JsonObject record) {
        var facts = FACTS.stream()
                .filter(record::containsKey)
                .map(name -> name + "=" + record.getValue(name))
                .collect(Collectors.joining(" "));
        return Table.harmless(
                record.getValue("seq") + " " + record.getValue("at") + " " + record.getValue("event") + " " + facts);
    }
}
