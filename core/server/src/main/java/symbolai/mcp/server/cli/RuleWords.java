package symbolai.mcp.server.cli;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Rules and questions of the policy as words: {@code field=value}, lists separated by commas. */
final class RuleWords {

    private static final Set<String> LISTS = Set.of(
            "roles",
            "users",
            "keys",
            "clients",
            "tools",
            "accounts",
            "databases",
            "tables",
            "addresses",
            "days",
            "approverRoles",
            "approvers");
    private static final Set<String> NUMBERS = Set.of("rows", "bytes", "approvals");

    /** What the server reads as a rule; it says what is wrong with it. */
    JsonObject rule(List<String> words) {
        var json = new JsonObject();
        words.forEach(word -> put(json, word));
        return json;
    }

    /** What the server reads as a question. */
    JsonObject question(List<String> words) {
        return rule(words);
    }

    private static void put(JsonObject json, String word) {
        int equals = word.indexOf('=');
        if (equals < 1) {
            throw new CommandFailed(CommandFailed.USAGE, "\"" + word + "\" is not of the form FIELD=VALUE.");
        }
        var field = word.substring(0, equals);
        var value = word.substring(equals + 1);
        if (LISTS.contains(field)) {
            json.put(
                    field,
                    new JsonArray(
                            Arrays.stream(value.split(",")).map(String::strip).toList()));
        } else if (NUMBERS.contains(field) && value.matches("[0-9]{1,15}")) {
            json.put(field, Long.parseLong(value));
        } else if (field.equals("agents") && (value.equals("true") || value.equals("false"))) {
            json.put(field, value.equals("true"));
        } else {
            json.put(field, value);
        }
    }

    /** What the rule says beside its id, its effect and its note. */
    String text(JsonObject rule) {
        return rule.stream()
                .filter(field -> !Set.of("id", "effect", "note").contains(field.getKey()))
                .map(field -> field.getKey() + "=" + value(field.getValue()))
                .collect(Collectors.joining(" "));
    }

    private static String value(Object value) {
        return value instanceof JsonArray list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
                : String.valueOf(value);
    }

    /** The questions of a file, each with the answer that is expected. */
    JsonArray cases(Path file) {
        try {
            var cases = new JsonArray(Files.readString(file));
            for (int i = 0; i < cases.size(); i++) {
                if (!(cases.getValue(i) instanceof JsonObject question) || !question.containsKey("expect")) {
                    throw new CommandFailed(
                            CommandFailed.FAILED, file + ": element " + i + " is not an object with expect.");
                }
            }
            return cases;
        } catch (IOException unreadable) {
            throw new CommandFailed(CommandFailed.FAILED, file + " cannot be read.");
        } catch (DecodeException notJson) {
            throw new CommandFailed(CommandFailed.FAILED, file + " is not a JSON array.");
        }
    }
}
