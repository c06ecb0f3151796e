package symbolai.mcp.server.policy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import symbolai.mcp.server.config.AddressRange;

/** Writes rules as JSON; what a rule does not say is not written. */
public final class RuleCodec {

    private RuleCodec() {}

    /** The rule as {@link RuleReader} reads it. */
    public static JsonObject json(Rule rule) {
        var json = new JsonObject()
                .put("id", rule.id())
                .put("effect", rule.effect().text());
        put(
                json,
                "roles",
                rule.who().roles().stream().map(role -> role.text()).sorted().toList());
        put(json, "users", rule.who().users());
        put(json, "keys", rule.who().keys());
        put(json, "clients", rule.who().clients());
        if (rule.who().agents()) {
            json.put("agents", true);
        }
        put(json, "tools", rule.what().tools());
        if (rule.what().access() != Access.ANY) {
            json.put("access", rule.what().access().text());
        }
        put(json, "accounts", rule.what().accounts());
        put(json, "databases", rule.what().databases());
        put(json, "tables", rule.what().tables());
        put(json, "addresses", addresses(rule.when()));
        rule.when().hours().ifPresent(hours -> put(json, hours));
        put(json, "rows", rule.caps().rows());
        put(json, "bytes", rule.caps().bytes());
        put(
                json,
                "approverRoles",
                rule.approving().roles().stream()
                        .map(role -> role.text())
                        .sorted()
                        .toList());
        put(json, "approvers", rule.approving().users());
        if (rule.approving().required() > 1) {
            json.put("approvals", rule.approving().required());
        }
        if (!rule.note().isEmpty()) {
            json.put("note", rule.note());
        }
        return json;
    }

    private static void put(JsonObject json, String name, Collection<String> texts) {
        if (!texts.isEmpty()) {
            json.put(name, new JsonArray(List.copyOf(texts)));
        }
    }

    private static void put(JsonObject json, String name, OptionalLong number) {
        if (number.isPresent()) {
            json.put(name, number.getAsLong());
        }
    }

    private static void put(JsonObject json, Hours hours) {
        if (hours.days().size() < DayOfWeek.values().length) {
            put(json, "days", days(hours.days()));
        }
        json.put("from", time(hours.from()))
                .put("to", time(hours.to()))
                .put("zone", hours.zone().getId());
    }

    private static List<String> days(Set<DayOfWeek> days) {
        return new TreeSet<>(days).stream().map(RuleCodec::day).toList();
    }

    /** A day as it is written: its first three letters. */
    static String day(DayOfWeek day) {
        return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
    }

    private static String time(LocalTime time) {
        return "%02d:%02d".formatted(time.getHour(), time.getMinute());
    }

    static String text(Hours hours) {
        return String.join(" ", days(hours.days())) + " " + time(hours.from()) + "–" + time(hours.to()) + " "
                + hours.zone().getId();
    }

    static List<String> addresses(Rule.Circumstances when) {
        var texts = new ArrayList<String>();
        if (when.local()) {
            texts.add("local");
        }
        when.addresses().stream().map(AddressRange::text).forEach(texts::add);
        return texts;
    }
}
