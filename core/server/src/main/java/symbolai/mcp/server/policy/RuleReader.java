package symbolai.mcp.server.policy;

import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.server.config.AddressRange;

/** Reads rules from JSON, and says what is wrong with them. */
public final class RuleReader {

    private final RuleFields fields;

    private RuleReader(RuleFields fields) {
        this.fields = fields;
    }

    /** The rule; fails with a {@link ToolException} of the reason INVALID that names the field. */
    public static Rule read(JsonObject json) {
        return new RuleReader(new RuleFields(json)).rule();
    }

    private Rule rule() {
        fields.requireSound();
        var effect = fields.choice("effect", Effect.values(), Effect::text)
                .orElseThrow(() -> RuleFields.invalid("effect is missing; it is allow, deny or approve"));
        var caps = new Caps(fields.number("rows"), fields.number("bytes"));
        if (effect != Effect.ALLOW && !caps.equals(Caps.NONE)) {
            throw RuleFields.invalid("rows and bytes belong to rules that allow, and this one does not");
        }
        var approving = approving();
        if (effect != Effect.APPROVE && !approving.equals(Approving.ADMIN)) {
            throw RuleFields.invalid(
                    "approverRoles, approvers and approvals belong to rules that approve, and this one does not");
        }
        return new Rule(
                id(),
                effect,
                who(),
                what(),
                circumstances(),
                caps,
                fields.text("note").orElse(""),
                approving);
    }

    private Approving approving() {
        var required = fields.number("approvals").orElse(1);
        if (required < 1 || required > 2) {
            throw RuleFields.invalid("approvals is " + required + "; it is 1 or 2");
        }
        return new Approving(
                fields.choices("approverRoles", Role.values(), Role::text), fields.texts("approvers"), (int) required);
    }

    private String id() {
        var id = fields.text("id")
                .orElseThrow(() -> RuleFields.invalid("id is missing; it is a short name such as support-reads"));
        if (!id.matches("[a-z0-9][a-z0-9-]{0,39}")) {
            throw RuleFields.invalid("id is " + RuleFields.shown(id)
                    + "; it has 1 to 40 small letters, digits and -, such as support-reads");
        }
        return id;
    }

    private Rule.Who who() {
        return new Rule.Who(
                fields.choices("roles", Role.values(), Role::text),
                fields.texts("users"),
                fields.texts("keys"),
                fields.texts("clients"),
                fields.flag("agents"));
    }

    private Rule.What what() {
        return new Rule.What(
                fields.texts("tools"),
                fields.choice("access", Access.values(), Access::text).orElse(Access.ANY),
                fields.texts("accounts"),
                fields.texts("databases"),
                fields.texts("tables"));
    }

    private Rule.Circumstances circumstances() {
        var addresses = fields.texts("addresses");
        var ranges = addresses.stream()
                .filter(text -> !text.equals("local"))
                .map(RuleReader::range)
                .toList();
        return new Rule.Circumstances(hours(), ranges, addresses.contains("local"));
    }

    private static AddressRange range(String text) {
        return AddressRange.parse(text)
                .orElseThrow(() -> RuleFields.invalid("addresses holds " + RuleFields.shown(text)
                        + "; each is local, an IP address, or a range such as 10.0.0.0/8"));
    }

    private Optional<Hours> hours() {
        var days = fields.choices("days", DayOfWeek.values(), RuleCodec::day);
        if (days.isEmpty() && !fields.has("from") && !fields.has("to")) {
            if (fields.has("zone")) {
                throw RuleFields.invalid("zone says where the hours are; days, or from and to, are missing");
            }
            return Optional.empty();
        }
        if (fields.has("from") != fields.has("to")) {
            throw RuleFields.invalid("from and to belong together, such as 09:00 and 17:30");
        }
        return Optional.of(new Hours(days, time("from"), time("to"), zone()));
    }

    private LocalTime time(String field) {
        var text = fields.text(field).orElse("00:00");
        try {
            return LocalTime.parse(text.matches("[0-2][0-9]:[0-5][0-9]") ? text : "wrong");
        } catch (DateTimeException wrong) {
            throw RuleFields.invalid(field + " is " + RuleFields.shown(text) + "; it is a time such as 09:00");
        }
    }

    private ZoneId zone() {
        var text = fields.text("zone").orElse("UTC");
        try {
            return ZoneId.of(text);
        } catch (DateTimeException wrong) {
            throw RuleFields.invalid(
                    "zone is " + RuleFields.shown(text) + "; it is a time zone such as Europe/Berlin or UTC");
        }
    }
}
