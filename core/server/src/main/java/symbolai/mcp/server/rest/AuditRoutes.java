package symbolai.mcp.server.rest;

import static symbolai.mcp.api.Schemas.string;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.RestBinding.Method;
import symbolai.mcp.api.Schemas;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.server.audit.AuditDesk;
import symbolai.mcp.server.audit.AuditExport;
import symbolai.mcp.server.audit.ComplianceReport;
import symbolai.mcp.server.audit.Verification;
import symbolai.mcp.server.tools.Shown;

/** The audit log over REST, for auditors and admins. */
public final class AuditRoutes {

    private static final List<String> SEARCH = List.of(
            "from",
            "to",
            "event",
            "caller",
            "client",
            "tool",
            "outcome",
            "decision",
            "rule",
            "address",
            "account",
            "database",
            "text",
            "limit",
            "cursor");

    private final AuditDesk desk;
    private final AuditExport export;
    private final ComplianceReport report;

    public AuditRoutes(AuditDesk desk, AuditExport export, ComplianceReport report) {
        this.desk = desk;
        this.export = export;
        this.report = report;
    }

    /** Its routes. */
    public List<OwnRoute> routes() {
        return List.of(
                route("audit/search", "Finds records of the audit log, newest first.", SEARCH, this::search),
                route("audit/record", "Shows one record of the audit log.", List.of("seq"), this::record),
                route("audit/verify", "Checks the whole audit log.", List.of(), this::verify),
                route(
                        "audit/export",
                        "Hands out the audit log of a period as JSON Lines or CSV.",
                        List.of("format", "from", "to"),
                        this::export),
                route(
                        "report/compliance",
                        "Says who had access in a period, what was changed and decided, and whether the log is intact.",
                        List.of("from", "to"),
                        this::report));
    }

    private static OwnRoute route(String path, String summary, List<String> names, OwnRoute.Handler handler) {
        var input = Schemas.object();
        names.forEach(name -> input.optional(name, string("See docs/audit.md.")));
        return new OwnRoute(
                Method.GET,
                path,
                summary,
                input.build(),
                OwnRoute.anyObject(),
                Optional.empty(),
                RouteAccess.AUDITORS,
                (caller, fields) -> known(fields, names).compose(checked -> handler.handle(caller, checked)));
    }

    private static Future<JsonObject> known(JsonObject fields, List<String> names) {
        return fields.fieldNames().stream()
                .filter(name -> !names.contains(name))
                .sorted()
                .findFirst()
                .map(unknown -> Future.<JsonObject>failedFuture(invalid("the parameter "
                        + Shown.text(unknown) + " is not known; known are "
                        + String.join(", ", names))))
                .orElseGet(() -> Future.succeededFuture(fields));
    }

    private Future<RestAnswer> search(Caller caller, JsonObject fields) {
        return desk.search(caller, fields).map(RestAnswer::ok);
    }

    private Future<RestAnswer> record(Caller caller, JsonObject fields) {
        var sequence = fields.getString("seq", "");
        return sequence.matches("[1-9]\\d{0,17}")
                ? desk.record(caller, Long.parseLong(sequence)).map(RestAnswer::ok)
                : Future.failedFuture(invalid("seq must be the number of a record, such as seq=1"));
    }

    private Future<RestAnswer> verify(Caller caller, JsonObject fields) {
        return desk.verify(caller).map(Verification::json).map(RestAnswer::ok);
    }

    private Future<RestAnswer> export(Caller caller, JsonObject fields) {
        return export.export(caller, fields).map(streamed -> new RestAnswer.Download(Map.of(), streamed));
    }

    private Future<RestAnswer> report(Caller caller, JsonObject fields) {
        return report.report(caller, fields).map(RestAnswer::ok);
    }

    private static ToolException invalid(String message) {
        return new ToolException(Reason.INVALID, message);
    }
}
