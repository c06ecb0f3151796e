package symbolai.mcp.server.http.control;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.server.audit.AuditDesk;
import symbolai.mcp.server.audit.AuditExport;
import symbolai.mcp.server.audit.ComplianceReport;
import symbolai.mcp.server.audit.Indexer;
import symbolai.mcp.server.audit.Retention;
import symbolai.mcp.server.audit.Verification;
import symbolai.mcp.server.http.DownloadWriter;
import symbolai.mcp.server.identity.Authenticator;

/** The audit log. */
public final class AuditRoutes implements ControlRoutes {

    private static final int AT_ONCE = 500;

    private final AuditDesk desk;
    private final AuditExport export;
    private final ComplianceReport report;
    private final Indexer indexer;
    private final Retention retention;
    private final Caller local = Authenticator.localAdmin();

    public AuditRoutes(
            AuditDesk desk, AuditExport export, ComplianceReport report, Indexer indexer, Retention retention) {
        this.desk = desk;
        this.export = export;
        this.report = report;
        this.indexer = indexer;
        this.retention = retention;
    }

    @Override
    public void mount(Router router) {
        router.post("/audit/search")
                .handler(ControlBody.handler())
                .handler(context -> answer(
                        context, desk.search(local, ControlBody.of(context).object("query"))));
        router.get("/audit/records/:seq").handler(this::record);
        router.get("/audit/after/:seq").handler(this::after);
        router.get("/audit/verify")
                .handler(context -> answer(context, desk.verify(local).map(Verification::json)));
        router.post("/audit/export").handler(ControlBody.handler()).handler(this::export);
        router.post("/audit/rebuild").handler(context -> ControlAnswer.done(context, desk.rebuild(local, indexer)));
        router.post("/audit/retain").handler(ControlBody.handler()).handler(this::retain);
        router.delete("/audit/subjects/:id")
                .handler(context -> ControlAnswer.done(context, desk.forget(local, context.pathParam("id"))));
        router.post("/report/compliance")
                .handler(ControlBody.handler())
                .handler(context -> answer(
                        context, report.report(local, ControlBody.of(context).object("query"))));
    }

    private static void answer(RoutingContext context, Future<JsonObject> work) {
        ControlAnswer.json(context, work, body -> body);
    }

    private void record(RoutingContext context) {
        answer(context, desk.record(local, number(context)));
    }

    private void after(RoutingContext context) {
        var most = "0".equals(context.pathParam("seq")) ? 20 : AT_ONCE;
        answer(context, desk.after(local, number(context), most));
    }

    private void export(RoutingContext context) {
        export.export(local, ControlBody.of(context).object("query"))
                .onSuccess(streamed -> new DownloadWriter(streamed).write(context.request()))
                .onFailure(context::fail);
    }

    private void retain(RoutingContext context) {
        var days = ControlBody.of(context).optionalNumber("days").orElse(0);
        answer(context, retention.retain(local, days).map(removed -> new JsonObject().put("segments", removed)));
    }

    private static long number(RoutingContext context) {
        var text = context.pathParam("seq");
        if (!text.matches("\\d{1,18}")) {
            throw new ToolException(Reason.INVALID, "The number of a record is a whole number, such as 1.");
        }
        return Long.parseLong(text);
    }
}
