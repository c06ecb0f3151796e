package symbolai.mcp.server.policy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.server.config.AddressRange;

/** Reads rules from JSON, and says what is wrong with them. */
public final class RuleReader {

    private static final List<String> FIELDS = List.of(
            "id",
            "effect",
            "roles",
            "users",
            "keys",
            "clients",
            "agents",
            "tools",
            "access",
            "accounts",
            "databases",
            "tables",
            "addresses",
            "days",
            "from",
            "to",
            "zone",
            "rows",
            "bytes",
            "approverRoles",
            "approvers",
            "approvals",
            "note");
    private static final int MOST_ELEMENTS = 100;
    private static final int LONGEST = 200;
    private static final long MOST = 1L << 40;

    private final JsonObject json;

    private RuleReader(JsonObject json) {
        this.json = json;
    }

    /** The rule; fails with a {@link ToolException} of the reason INVALID that names the field. */
    public static Rule read(JsonObject json) {
        return new RuleReader(json).rule();
    }

    private Rule rule() {
        json.fieldNames().stream()
                .filter(name -> !FIELDS.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw invalid("there is no field " + shown(name) + "; the fields are " + String.join(", ", FIELDS));
                });
        var effect = choice("effect", Effect.values(), Effect::text)
                .orElseThrow(() -> invalid("effect is missing; it is allow, deny or approve"));
        var caps = new Caps(number("rows"), number("bytes"));
        if (effect != Effect.ALLOW && !caps.equals(Caps.NONE)) {
            throw invalid("rows and bytes belong to rules that allow, and this one does not");
        }
        var approving = approving();
        if (effect != Effect.APPROVE && !approving.equals(Approving.ADMIN)) {
            throw invalid("approverRoles, approvers and approvals belong to rules that approve, and this one does not");
        }
        return new Rule(
                id(), effect, who(), what(), circumstances(), caps, text("note").orElse(""), approving);
    }

    private Approving approving() {
        var required = number("approvals").orElse(1);
        if (required < 1 || required > 2) {
            throw invalid("approvals is " + required + "; it is 1 or 2");
        }
        return new Approving(choices("approverRoles", Role.values(), Role::text), texts("approvers"), (int) required);
    }

    private String id() {
        var id = text("id").orElseThrow(() -> invalid("id is missing; it is a short name such as support-reads"));
        if (!id.matches("[a-z0-9][a-z0-9-]{0,39}")) {
            throw invalid("id is " + shown(id) + "; it has 1 to 40 small letters, digits and -, such as support-reads");
        }
        return id;
    }

    private Rule.Who who() {
        return new Rule.Who(
                choices("roles", Role.values(), Role::text),
                texts("users"),
                texts("keys"),
                texts("clients"),
                flag("agents"));
    }

    private Rule.What what() {
        return new Rule.What(
                texts("tools"),
                choice("access", Access.values(), Access::text).orElse(Access.ANY),
                texts("accounts"),
                texts("databases"),
                texts("tables"));
    }

    private Rule.Circumstances circumstances() {
        var addresses = texts("addresses");
        var ranges = addresses.stream()
                .filter(text -> !text.equals("local"))
                .map(RuleReader::range)
                .toList();
        return new Rule.Circumstances(hours(), ranges, addresses.contains("local"));
    }

    private static AddressRange range(String text) {
        return AddressRange.parse(text)
                .orElseThrow(() -> invalid("addresses holds " + shown(text)
                        + "; each is local, an IP address, or a range such as 10.0.0.0/8"));
    }

    private Optional<Hours> hours() {
        var days = choices("days", DayOfWeek.values(), RuleCodec::day);
        if (days.isEmpty() && !json.containsKey("from") && !json.containsKey("to")) {
            if (json.containsKey("zone")) {
                throw invalid("zone says where the hours are; days, or from and to, are missing");
            }
            return Optional.empty();
        }
        if (json.containsKey("from") != json.containsKey("to")) {
            throw invalid("from and to belong together, such as 09:00 and 17:30");
        }
        return Optional.of(new Hours(days, time("from"), time("to"), zone()));
    }

    private LocalTime time(String field) {
        var text = text(field).orElse("00:00");
        try {
            return LocalTime.parse(text.matches("[0-2][0-9]:[0-5][0-9]") ? text : "wrong");
        } catch (DateTimeException wrong) {
            throw invalid(field + " is " + shown(text) + "; it is a time such as 09:00");
        }
    }

    private ZoneId zone() {
        var text = text("zone").orElse("UTC");
        try {
            return ZoneId.of(text);
        } catch (DateTimeException wrong) {
            throw invalid("zone is " + shown(text) + "; it is a time zone such as Europe/Berlin or UTC");
        }
    }

    private List<String> texts(String field) {
        var value = json.getValue(field);
        if (value == null) {
            return List.of();
        }
        var elements = value instanceof JsonArray array ? array : new JsonArray().add(value);
        var texts = elements.stream()
                .map(element -> element instanceof String text ? text : "")
                .toList();
        if (texts.isEmpty() || texts.size() > MOST_ELEMENTS) {
            throw invalid(field + " holds " + texts.size() + " texts; it holds 1 to " + MOST_ELEMENTS);
        }
        texts.stream().filter(text -> !isGood(text)).findFirst().ifPresent(text -> {
            throw invalid(field + " must be a list of texts, each of 1 to " + LONGEST
                    + " characters and without control characters");
        });
        return texts;
    }

    private static boolean isGood(String text) {
        return !text.isBlank()
                && text.length() <= LONGEST
                && text.chars().noneMatch(character -> Character.isISOControl(character));
    }

    private Optional<String> text(String field) {
        var value = json.getValue(field);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String text && isGood(text)) {
            return Optional.of(text);
        }
        throw invalid(field + " must be a text of 1 to " + LONGEST + " characters and without control characters");
    }

    private boolean flag(String field) {
        var value = json.getValue(field);
        if (value == null || value instanceof Boolean) {
            return Boolean.TRUE.equals(value);
        }
        throw invalid(field + " must be true or false");
    }

    private OptionalLong number(String field) {
        var value = json.getValue(field);
        if (value == null) {
            return OptionalLong.empty();
        }
        if ((value instanceof Integer || value instanceof Long)
                && ((Number) value).longValue() >= 1
                && ((Number) value).longValue() <= MOST) {
            return OptionalLong.of(((Number) value).longValue());
        }
        throw invalid(field + " must be a whole number of at least 1");
    }

    private <T> Optional<T> choice(String field, T[] all, Function<T, String> name) {
        return text(field).map(text -> chosen(field, text, all, name));
    }

    private <T> Set<T> choices(String field, T[] all, Function<T, String> name) {
        var chosen = new HashSet<T>();
        texts(field).forEach(text -> chosen.add(chosen(field, text, all, name)));
        return chosen;
    }

    private static <T> T chosen(String field, String text, T[] all, Function<T, String> name) {
        return Stream.of(all)
                .filter(one -> name.apply(one).equals(text))
                .findFirst()
                .orElseThrow(() -> invalid(field + " is " + shown(text) + "; it is one of "
                        + Stream.of(all).map(name).collect(Collectors.joining(", "))));
    }

    private static String shown(String text) {
        var start = text.length() <= 60 ? text : text.substring(0, 60) + "…";
        return "\"" + start.replaceAll("\\p{Cntrl}", "?") + "\"";
    }

    private static ToolException invalid(String message) {
        return new ToolException(Reason.INVALID, "the rule: " + message);
    }
}
