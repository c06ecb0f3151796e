package symbolai.mcp.server.http.page;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import symbolai.mcp.server.approvals.Approval;
import symbolai.mcp.server.approvals.Approval.State;
import symbolai.mcp.server.approvals.Decisions;

/** The pages on which people see which calls wait for an approval, and decide them. */
public final class ApprovalPages implements PageRoutes {

    private static final String ROOT = "/approvals";

    private final Browser browser;
    private final Decisions decisions;
    private final Texts texts;
    private final ApprovalView view;

    public ApprovalPages(Browser browser, Decisions decisions) {
        this.browser = browser;
        this.decisions = decisions;
        this.texts = browser.texts();
        this.view = new ApprovalView(texts);
    }

    @Override
    public void mount(Router router) {
        router.get(ROOT).handler(context -> signedIn(context, person -> list(context, person)));
        router.get(ROOT + "/:id").handler(context -> signedIn(context, person -> show(context, person)));
        router.post(ROOT + "/:id").handler(context -> signedIn(context, person -> decide(context, person)));
    }

    /** What a page does for somebody who is signed in. */
    @FunctionalInterface
    private interface Step {
        Future<Void> take(SignedIn person);
    }

    private void signedIn(RoutingContext context, Step step) {
        browser.current(context)
                .compose(person -> person.map(step::take).orElseGet(() -> toSignIn(context)))
                .onFailure(failure -> browser.fail(context, failure));
    }

    private Future<Void> toSignIn(RoutingContext context) {
        browser.toSignIn(context);
        return Future.succeededFuture();
    }

    private Future<Void> list(RoutingContext context, SignedIn person) {
        return decisions.list(person.caller(), Optional.empty()).compose(all -> list(context, person, all));
    }

    private Future<Void> list(RoutingContext context, SignedIn person, List<Approval> all) {
        var waiting = all.stream().filter(one -> one.state() == State.REQUESTED).toList();
        var over = all.stream().filter(one -> one.state() != State.REQUESTED).toList();
        var body = new Html()
                .element("p", texts.text("approvals.intro"), "class", "quiet")
                .element("h2", texts.text("approvals.waiting"))
                .add(items(context, waiting));
        if (!over.isEmpty()) {
            body.element("h2", texts.text("approvals.over")).add(items(context, over));
        }
        browser.page(context, 200, new Page(texts.text("approvals.title"), body).by(person));
        return Future.succeededFuture();
    }

    private Html items(RoutingContext context, List<Approval> approvals) {
        if (approvals.isEmpty()) {
            return new Html().element("p", texts.text("approvals.none"), "class", "quiet");
        }
        var list = new Html().open("ul", "class", "plain");
        approvals.forEach(approval ->
                list.add(view.item(approval, browser.address(context, ROOT + "/" + approval.id()))));
        return list.close("ul");
    }

    private Future<Void> show(RoutingContext context, SignedIn person) {
        return decisions
                .show(person.caller(), id(context))
                .compose(approval -> show(context, 200, person, approval, ""));
    }

    private Future<Void> show(RoutingContext context, int status, SignedIn person, Approval approval, String problem) {
        var body = new Html();
        if (!problem.isEmpty()) {
            body.element("p", problem, "class", "problem", "role", "alert");
        }
        body.add(view.whole(approval)).add(below(context, person, approval));
        browser.page(context, status, new Page(texts.text("approval.title"), body).by(person));
        return Future.succeededFuture();
    }

    private Html below(RoutingContext context, SignedIn person, Approval approval) {
        if (decisions.mayDecide(person.caller(), approval)) {
            return form(context, person, approval);
        }
        var isOwn = approval.requester().id().equals(person.caller().id());
        return isOwn && approval.state() == State.REQUESTED
                ? new Html().element("p", texts.text("approval.own"), "role", "status")
                : new Html();
    }

    private Html form(RoutingContext context, SignedIn person, Approval approval) {
        var reason = new Html()
                .element("label", texts.text("approval.note"), "for", "note")
                .element("textarea", "", "id", "note", "name", "note", "rows", "2", "maxlength", "1000");
        return new Form(browser.address(context, ROOT + "/" + approval.id()), browser.csrfToken(person))
                .add(reason)
                .button(texts.text("approval.grant"), "decision", "grant", "first")
                .button(texts.text("approval.deny"), "decision", "deny", "danger")
                .html();
    }

    private Future<Void> decide(RoutingContext context, SignedIn person) {
        return browser.form(context, person).compose(fields -> decide(context, person, fields));
    }

    private Future<Void> decide(RoutingContext context, SignedIn person, JsonObject fields) {
        if (!person.isFresh()) {
            browser.toStepUp(context);
            return Future.succeededFuture();
        }
        var note = fields.getString("note", "");
        return switch (fields.getString("decision", "")) {
            case "grant" -> decisions.grant(person.caller(), id(context), note).compose(done -> back(context));
            case "deny" -> deny(context, person, note);
            default -> Future.failedFuture(new PageProblem(400, texts.text("approval.neither")));
        };
    }

    private Future<Void> deny(RoutingContext context, SignedIn person, String note) {
        return note.isBlank()
                ? decisions
                        .show(person.caller(), id(context))
                        .compose(approval -> show(context, 400, person, approval, texts.text("approval.reason")))
                : decisions.deny(person.caller(), id(context), note).compose(done -> back(context));
    }

    private Future<Void> back(RoutingContext context) {
        browser.redirect(context, ROOT + "/" + id(context));
        return Future.succeededFuture();
    }

    private static String id(RoutingContext context) {
        return String.valueOf(context.pathParam("id"));
    }
}
