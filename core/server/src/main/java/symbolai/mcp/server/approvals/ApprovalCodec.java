package symbolai.mcp.server.approvals;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import symbolai.mcp.api.Preview;
import symbolai.mcp.api.Role;
import symbolai.mcp.server.approvals.Approval.Details;
import symbolai.mcp.server.approvals.Approval.Person;
import symbolai.mcp.server.approvals.Approval.State;
import symbolai.mcp.server.approvals.Approval.Vote;
import symbolai.mcp.server.crypto.Sealer;
import symbolai.mcp.server.store.ApprovalRow;
import symbolai.mcp.server.store.VoteRow;

/** Turns requests into rows of the store, and back; what a call is exactly is sealed. */
final class ApprovalCodec {

    private final Sealer sealer;

    ApprovalCodec(Sealer sealer) {
        this.sealer = sealer;
    }

    ApprovalRow row(String id, Proposal proposal, Details details, Instant created, Instant expires) {
        var caller = proposal.caller();
        var preview = details.preview();
        return new ApprovalRow(
                id,
                proposal.digest(),
                State.REQUESTED.text(),
                0,
                caller.id(),
                caller.name(),
                caller.credential().id(),
                proposal.client(),
                caller.address(),
                proposal.tool(),
                proposal.account(),
                preview.map(Preview::target).orElse(""),
                preview.map(Preview::subject).orElse(""),
                proposal.rule(),
                proposal.reason(),
                proposal.approvers().named().stream().map(ApprovalCodec::roles).toList(),
                proposal.approvers().named().stream()
                        .map(those -> new JsonArray(those.users()).encode())
                        .toList(),
                proposal.approvers().required(),
                sealer.seal(json(details).toBuffer().getBytes(), id),
                created.toEpochMilli(),
                expires.toEpochMilli());
    }

    /** The request without what it is exactly; one whose time is over has expired, whether that is written down or not. */
    static Approval approval(ApprovalRow row, Instant now) {
        var stored = State.valueOf(row.state().toUpperCase(Locale.ROOT));
        var waits = stored == State.REQUESTED || stored == State.GRANTED;
        return new Approval(
                row.id(),
                waits && row.expires() <= now.toEpochMilli() ? State.EXPIRED : stored,
                new Person(row.requester(), row.requesterName()),
                row.credential(),
                row.client(),
                row.address(),
                row.tool(),
                row.account(),
                row.target(),
                row.subject(),
                row.rule(),
                row.reason(),
                new Approvers(
                        IntStream.range(0, row.roles().size())
                                .mapToObj(rule ->
                                        named(row.roles().get(rule), row.users().get(rule)))
                                .toList(),
                        row.required()),
                Instant.ofEpochMilli(row.created()),
                Instant.ofEpochMilli(row.expires()),
                Optional.empty(),
                List.of());
    }

    private static String roles(Approvers.Named those) {
        return new JsonArray(those.roles().stream().map(Role::text).sorted().toList()).encode();
    }

    private static Approvers.Named named(String roles, String users) {
        return new Approvers.Named(
                texts(roles)
                        .map(role -> Role.valueOf(role.toUpperCase(Locale.ROOT)))
                        .collect(Collectors.toSet()),
                texts(users).toList());
    }

    private static Stream<String> texts(String json) {
        return new JsonArray(json).stream().map(String.class::cast);
    }

    /** The request with all that is known of it. */
    Approval approval(ApprovalRow row, List<VoteRow> votes, Instant now) {
        var details = sealer.open(row.sealed(), row.id()).map(bytes -> details(new JsonObject(Buffer.buffer(bytes))));
        return approval(row, now)
                .with(details, votes.stream().map(ApprovalCodec::vote).toList());
    }

    private static Vote vote(VoteRow row) {
        return new Vote(
                new Person(row.approver(), row.name()), row.granted(), row.note(), Instant.ofEpochMilli(row.at()));
    }

    private static JsonObject json(Details details) {
        var json = new JsonObject().put("arguments", details.arguments()).put("problem", details.problem());
        details.preview().ifPresent(preview -> json.put("preview", json(preview)));
        return json;
    }

    private static JsonObject json(Preview preview) {
        var steps = new JsonArray();
        preview.steps().forEach(step -> steps.add(json(step)));
        return new JsonObject()
                .put("target", preview.target())
                .put("subject", preview.subject())
                .put("steps", steps);
    }

    private static JsonObject json(Preview.Step step) {
        var json = new JsonObject()
                .put("text", step.text())
                .put("plan", new JsonArray(step.plan()))
                .put("note", step.note());
        step.rows().ifPresent(rows -> json.put("rows", rows));
        return json;
    }

    private static Details details(JsonObject json) {
        return new Details(
                json.getJsonObject("arguments"),
                Optional.ofNullable(json.getJsonObject("preview")).map(ApprovalCodec::preview),
                json.getString("problem"));
    }

    private static Preview preview(JsonObject json) {
        return new Preview(
                json.getString("target"),
                json.getString("subject"),
                json.getJsonArray("steps").stream()
                        .map(JsonObject.class::cast)
                        .map(ApprovalCodec::step)
                        .toList());
    }

    private static Preview.Step step(JsonObject json) {
        return new Preview.Step(
                json.getString("text"),
                json.getJsonArray("plan").stream().map(String.class::cast).toList(),
                json.containsKey("rows") ? OptionalLong.of(json.getLong("rows")) : OptionalLong.empty(),
                json.getString("note"));
    }
}
