package symbolai.mcp.server.tools;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import symbolai.mcp.api.Credential;
import symbolai.mcp.server.audit.AuditRecord;
import symbolai.mcp.server.audit.CanonicalJson;

/**
 * What the audit log is told of one call.
 *
 * @param id joins the records of the call, and what the server's log says of it
 * @param arguments are written only sealed, and only when the server is told to
 * @param argumentsHash tells whether two calls had the same arguments, without keeping them; empty when nobody read them
 * @param started when the call came in
 * @param rule what decided about it; empty before anything did
 * @param approval the id of the approval that it goes on with; empty for none
 * @param touched what its operations named; shared by all records of the call
 */
record CallRecord(
        String id,
        Target target,
        JsonObject arguments,
        String argumentsHash,
        Requester requester,
        Instant started,
        String rule,
        String approval,
        Touched touched) {
    static CallRecord of(Target target, JsonObject arguments, Requester requester) {
        return new CallRecord(
                RandomId.ofBits(64),
                target,
                arguments,
                CanonicalJson.sha256(arguments),
                requester,
                Instant.now(),
                "",
                "",
                new Touched());
    }

    /** A call whose arguments nobody read. */
    static CallRecord unread(Target target, Requester requester) {
        return new CallRecord(
                RandomId.ofBits(64), target, new JsonObject(), "", requester, Instant.now(), "", "", new Touched());
    }

    /** The same call, and what decided about it. */
    CallRecord decided(String by) {
        return new CallRecord(id, target, arguments, argumentsHash, requester, started, by, approval, touched);
    }

    /** The same call, which somebody approved. */
    CallRecord approved(String with) {
        return new CallRecord(id, target, arguments, argumentsHash, requester, started, rule, with, touched);
    }

    /** The same call, on behalf of a requester who does not listen. */
    CallRecord of(Requester silent) {
        return new CallRecord(id, target, arguments, argumentsHash, silent, started, rule, approval, touched);
    }

    AuditRecord intent() {
        return new AuditRecord(
                started,
                "call.intent",
                facts().put("decision", "allowed"),
                new JsonObject().put("arguments", arguments));
    }

    /** The call was not let through. */
    AuditRecord refused(String reason) {
        return new AuditRecord(
                Instant.now(),
                "call.refused",
                facts().put("decision", "refused").put("reason", reason));
    }

    /** The call was not let through yet. */
    AuditRecord waiting() {
        return new AuditRecord(Instant.now(), "call.waiting", facts().put("decision", "approval"));
    }

    /** The call came to an end, or was handed on to a task. */
    AuditRecord outcome(String outcome, OptionalLong rows, OptionalLong bytes) {
        var now = Instant.now();
        var fields = touched.in(facts()).put("outcome", outcome);
        rows.ifPresent(count -> fields.put("rows", count));
        bytes.ifPresent(count -> fields.put("bytes", count));
        return new AuditRecord(
                now,
                "call.outcome",
                fields.put("millis", Duration.between(started, now).toMillis()));
    }

    /** A download came to an end. */
    AuditRecord streamed(long bytes, boolean complete) {
        return new AuditRecord(
                Instant.now(),
                "call.streamed",
                facts().put("outcome", complete ? "done" : "cut").put("bytes", bytes));
    }

    private JsonObject facts() {
        var caller = requester.caller();
        var fields =
                new JsonObject().put("callId", id).put("caller", caller.id()).put("name", caller.name());
        fields.put("role", caller.role().text());
        caller.keyId().ifPresent(key -> fields.put("key", key));
        if (caller.credential().kind() == Credential.Kind.TOKEN) {
            fields.put("grant", caller.credential().id());
            fields.put("oauthClient", cut(caller.credential().client()));
        }
        putUnlessEmpty(fields, "rule", rule);
        putUnlessEmpty(fields, "approval", approval);
        fields.put("client", cut(requester.client()))
                .put("door", requester.door())
                .put("address", caller.address())
                .put("kind", target.kind())
                .put("tool", cut(target.name()));
        putUnlessEmpty(fields, "arguments", argumentsHash);
        return fields;
    }

    private static void putUnlessEmpty(JsonObject fields, String name, String value) {
        if (!value.isEmpty()) {
            fields.put(name, value);
        }
    }

    private static String cut(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }
}
