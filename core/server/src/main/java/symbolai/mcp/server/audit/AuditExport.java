package symbolai.mcp.server.audit;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Streamed;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;

/** Hands out the records of a period as a file. That somebody takes them is in the log before the first byte leaves. */
public final class AuditExport {
    private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");

    private final Vertx vertx;
    private final Path folder;
    private final AuditLog log;
    private final Clock clock;

    public AuditExport(Vertx vertx, Path folder, AuditLog log, Clock clock) {
        this.vertx = vertx;
        this.folder = folder;
        this.log = log;
        this.clock = clock;
    }

    /**
     * The records, oldest first, as they are in the log: what is sealed stays sealed.
     *
     * @param fields {@code format} (jsonl or csv), {@code from} and {@code to}
     */
    public Future<Streamed> export(Caller caller, JsonObject fields) {
        var format = AuditQuery.text(fields, "format");
        if (!format.isEmpty() && !format.equals("jsonl") && !format.equals("csv")) {
            return Future.failedFuture(new ToolException(
                    Reason.INVALID, "format must be jsonl or csv, and is " + AsciiJson.quote(format)));
        }
        boolean csv = format.equals("csv");
        var from = AuditQuery.time(fields, "from", Instant.EPOCH);
        var to = AuditQuery.time(fields, "to", END);
        var record = AuditDesk.who(caller)
                .put("format", csv ? "csv" : "jsonl")
                .put("from", from.toString())
                .put("to", to.toString());
        return log.append(new AuditRecord(clock.instant(), "audit.exported", record))
                .compose(recorded -> vertx.executeBlocking(() -> new ExportReader(folder, from, to, csv), false))
                .map(reader -> new Streamed(
                        csv ? "text/csv" : "application/jsonl",
                        "audit." + (csv ? "csv" : "jsonl"),
                        new ExportStream(vertx, reader)));
    }
}
