package symbolai.mcp.server.http.page;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import symbolai.mcp.api.Preview;
import symbolai.mcp.server.approvals.Approval;
import symbolai.mcp.server.approvals.Approval.Details;
import symbolai.mcp.server.approvals.Approval.Vote;

/** Writes requests for approvals as HTML. What callers sent is shown to the last character. */
final class ApprovalView {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    private final Texts texts;

    ApprovalView(Texts texts) {
        this.texts = texts;
    }

    /** One line of a list. */
    Html item(Approval approval, String address) {
        var what = texts.text("approvals.item", approval.requester().name(), approval.tool(), state(approval));
        return new Html()
                .open("li")
                .element("a", Visible.line(what), "href", address)
                .element(
                        "div",
                        Visible.line(approval.target().isEmpty() ? approval.account() : approval.target()),
                        "class",
                        "quiet")
                .close("li");
    }

    /** All of it. */
    Html whole(Approval approval) {
        var html = new Html().open("dl");
        field(html, "approval.state", state(approval));
        field(html, "approval.requester", approval.requester().name());
        field(html, "approval.program", approval.client());
        field(html, "approval.address", approval.address());
        field(html, "approval.tool", approval.tool());
        field(html, "approval.account", approval.account());
        field(html, "approval.target", approval.target());
        field(html, "approval.why", approval.reason());
        field(html, "approval.created", time(approval.created()));
        field(html, "approval.expires", time(approval.expires()));
        html.close("dl");
        approval.votes().forEach(vote -> html.add(vote(vote)));
        approval.details()
                .ifPresentOrElse(
                        details -> html.add(details(details)),
                        () -> html.element("p", texts.text("approval.sealed"), "class", "problem"));
        return html;
    }

    private String state(Approval approval) {
        return texts.text("approval.state." + approval.state().text());
    }

    private static String time(Instant moment) {
        return TIME.format(moment);
    }

    private void field(Html html, String label, String value) {
        if (!value.isEmpty()) {
            html.element("dt", texts.text(label)).element("dd", Visible.line(value));
        }
    }

    private Html vote(Vote vote) {
        var key = vote.granted() ? "approval.granted" : "approval.denied";
        var text = texts.text(key, vote.approver().name(), time(vote.at()));
        return new Html()
                .element("p", Visible.line(vote.note().isEmpty() ? text : text + ": " + vote.note()), "role", "status");
    }

    private Html details(Details details) {
        var html = new Html();
        if (!details.problem().isEmpty()) {
            html.element("p", texts.text("approval.problem", Visible.line(details.problem())), "class", "problem");
        }
        details.preview().ifPresent(preview -> steps(html, preview));
        return html.element("h2", texts.text("approval.arguments"))
                .element("pre", Visible.lines(details.arguments().encodePrettily()));
    }

    private void steps(Html html, Preview preview) {
        var number = 0;
        for (var step : preview.steps()) {
            number++;
            html.element(
                    "h2",
                    texts.text(
                            "approval.step",
                            String.valueOf(number),
                            String.valueOf(preview.steps().size())));
            step(html, step);
        }
    }

    private void step(Html html, Preview.Step step) {
        html.element("pre", Visible.lines(step.text()), "class", "exact");
        var rows = step.rows().isPresent()
                ? texts.text("approval.rows", String.valueOf(step.rows().getAsLong()))
                : texts.text("approval.rows-unknown");
        html.element("p", step.note().isEmpty() ? rows : rows + " · " + Visible.line(step.note()), "class", "quiet");
        if (!step.plan().isEmpty()) {
            html.open("table").open("thead").open("tr").element("th", texts.text("approval.plan"), "scope", "col");
            html.close("tr").close("thead").open("tbody");
            step.plan()
                    .forEach(line ->
                            html.open("tr").element("td", Visible.line(line)).close("tr"));
            html.close("tbody").close("table");
        }
    }
}
