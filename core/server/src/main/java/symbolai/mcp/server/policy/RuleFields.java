package symbolai.mcp.server.policy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;

/** Reads the fields of a rule by their kinds, and says what is wrong with one. */
final class RuleFields {

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

    RuleFields(JsonObject json) {
        this.json = json;
    }

    /** Fails when there is a field that no rule has, or one without a value. */
    void requireSound() {
        json.fieldNames().stream()
                .filter(name -> !FIELDS.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw invalid("there is no field " + shown(name) + "; the fields are " + String.join(", ", FIELDS));
                });
        requireValues();
    }

    /** A field without a value would say nothing, so that the rule is about everybody or everything. */
    private void requireValues() {
        json.fieldNames().stream()
                .filter(name -> json.getValue(name) == null)
                .findFirst()
                .ifPresent(name -> {
                    throw invalid(name + " is null, which says nothing; leave it out, or give it a value");
                });
    }

    boolean has(String field) {
        return json.containsKey(field);
    }

    List<String> texts(String field) {
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

    Optional<String> text(String field) {
        var value = json.getValue(field);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String text && isGood(text)) {
            return Optional.of(text);
        }
        throw invalid(field + " must be a text of 1 to " + LONGEST + " characters and without control characters");
    }

    boolean flag(String field) {
        var value = json.getValue(field);
        if (value == null || Boolean.TRUE.equals(value)) {
            return value != null;
        }
        throw invalid(field + " must be true; left out, the rule is about all, agents too");
    }

    OptionalLong number(String field) {
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

    <T> Optional<T> choice(String field, T[] all, Function<T, String> name) {
        return text(field).map(text -> chosen(field, text, all, name));
    }

    <T> Set<T> choices(String field, T[] all, Function<T, String> name) {
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

    static String shown(String text) {
        var start = text.length() <= 60 ? text : text.substring(0, 60) + "…";
        return "\"" + start.replaceAll("\\p{Cntrl}", "?") + "\"";
    }

    static ToolException invalid(String message) {
        return new ToolException(Reason.INVALID, "the rule: " + message);
    }
}
