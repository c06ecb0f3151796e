package symbolai.mcp.server.http.page;

import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.server.audit.AuditUnavailable;
import symbolai.mcp.server.http.Original;
import symbolai.mcp.server.identity.SignInRefused;
import symbolai.mcp.server.rest.RestCode;

/** Answers with pages, and makes one of every failure. */
final class PageWriter {

    private static final Logger LOG = LoggerFactory.getLogger(PageWriter.class);

    private final Texts texts;
    private final Layout layout;

    PageWriter(Texts texts) {
        this.texts = texts;
        this.layout = new Layout(texts);
    }

    void page(RoutingContext context, int status, Page page) {
        begin(context, status)
                .response()
                .putHeader("Content-Type", "text/html; charset=utf-8")
                .putHeader("Content-Security-Policy", layout.policy(page))
                .putHeader("X-Frame-Options", "DENY")
                .end(layout.document(page, Original.of(context).prefix()));
    }

    void redirect(RoutingContext context, String path) {
        begin(context, 303)
                .response()
                .putHeader("Location", Original.of(context).prefix() + path)
                .end();
    }

    void leave(RoutingContext context, URI place) {
        begin(context, 303)
                .response()
                .putHeader("Location", place.toString())
                .putHeader("Referrer-Policy", "no-referrer")
                .end();
    }

    void fail(RoutingContext context, Throwable failure) {
        if (failure instanceof PageProblem problem) {
            problem(context, problem);
        } else if (failure instanceof ToolException tool) {
            problem(context, new PageProblem(RestCode.of(tool.reason()).status(), String.valueOf(tool.getMessage())));
        } else if (failure instanceof SignInRefused refused) {
            problem(context, new PageProblem(403, String.valueOf(refused.getMessage())));
        } else if (failure instanceof AuditUnavailable) {
            problem(context, new PageProblem(503, texts.text("failed.audit")));
        } else {
            problem(context, new PageProblem(500, texts.text("failed.internal", logged(failure))));
        }
    }

    private void problem(RoutingContext context, PageProblem problem) {
        var body = new Html()
                .element("p", problem.text(), "class", "problem", "role", "alert")
                .open("p")
                .element(
                        "a",
                        texts.text("failed.back"),
                        "href",
                        Original.of(context).prefix() + "/account")
                .close("p");
        page(context, problem.status(), new Page(texts.text("failed.title"), body));
    }

    private static String logged(Throwable failure) {
        var id = UUID.randomUUID().toString();
        LOG.atError().addKeyValue("failureId", id).setCause(failure).log("page failed");
        return id;
    }

    /**
     * The rest of the request is of no use any more. The policy is not no-referrer, with which browsers send the origin null along with our own
     * forms; other sites learn nothing either way.
     */
    private static RoutingContext begin(RoutingContext context, int status) {
        context.request().resume();
        context.response()
                .setStatusCode(status)
                .putHeader("Cache-Control", "no-store")
                .putHeader("Referrer-Policy", "same-origin")
                .putHeader("X-Content-Type-Options", "nosniff");
        return context;
    }
}
