package symbolai.mcp.server.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Asks the person at the terminal what a tool wants to know. */
final class Interview {

    private final Streams streams;
    private final BufferedReader lines;

    Interview(Streams streams) {
        this.streams = streams;
        this.lines = new BufferedReader(new InputStreamReader(streams.in(), StandardCharsets.UTF_8));
    }

    /** The answers to the questions, by their names. */
    JsonObject ask(JsonObject questions) {
        var answers = new JsonObject();
        for (var name : questions.fieldNames()) {
            answers.put(name, one(questions.getJsonObject(name)));
        }
        return answers;
    }

    private JsonObject one(JsonObject question) {
        var params = question.getJsonObject("params", new JsonObject());
        if (!"elicitation/create".equals(question.getString("method"))) {
            throw new CommandFailed(
                    CommandFailed.FAILED,
                    "The tool asks for " + question.getString("method") + ", which the command line cannot do.");
        }
        say(Table.harmless(params.getString("message", "")));
        if (params.containsKey("url")) {
            say(Table.harmless(params.getString("url")));
        }
        var action = action();
        var answer = new JsonObject().put("action", action);
        return action.equals("accept") && params.containsKey("requestedSchema")
                ? fill(answer, params.getJsonObject("requestedSchema"))
                : answer;
    }

    private String action() {
        for (; ; ) {
            var line = prompt("Go on? [y]es, [n]o, [c]ancel: ");
            if (line.isEmpty()) {
                return "cancel";
            }
            switch (line.get().strip()) {
                case "y", "yes" -> {
                    return "accept";
                }
                case "n", "no" -> {
                    return "decline";
                }
                case "c", "cancel" -> {
                    return "cancel";
                }
                default -> say("Please answer y, n or c.");
            }
        }
    }

    private JsonObject fill(JsonObject answer, JsonObject schema) {
        var content = new JsonObject();
        var properties = schema.getJsonObject("properties", new JsonObject());
        var required = schema.getJsonArray("required", new JsonArray());
        for (var name : properties.fieldNames()) {
            if (!field(content, name, properties.getJsonObject(name), required.contains(name))) {
                return new JsonObject().put("action", "cancel");
            }
        }
        return answer.put("content", content);
    }

    /** False when there is nobody who answers any more. */
    private boolean field(JsonObject content, String name, JsonObject property, boolean required) {
        for (; ; ) {
            var line = prompt(label(name, property) + ": ");
            if (line.isEmpty()) {
                return false;
            }
            if (take(content, name, property, line.get().strip())) {
                return true;
            }
            if (line.get().isBlank() && !required) {
                return true;
            }
        }
    }

    private boolean take(JsonObject content, String name, JsonObject property, String text) {
        if (text.isEmpty()) {
            Optional.ofNullable(property.getValue("default")).ifPresent(value -> content.put(name, value));
            return content.containsKey(name);
        }
        try {
            var value = new TypedText(name, property).value(text);
            if (property.getValue("enum") instanceof JsonArray choices && !choices.contains(value)) {
                say("Please answer one of "
                        + String.join(
                                ", ", choices.stream().map(String::valueOf).toList()) + ".");
                return false;
            }
            var list = "array".equals(property.getValue("type")) && !(value instanceof JsonArray);
            content.put(name, list ? new JsonArray().add(value) : value);
            return true;
        } catch (CommandFailed wrong) {
            say(String.valueOf(wrong.getMessage()));
            return false;
        }
    }

    private static String label(String name, JsonObject property) {
        var label = new StringBuilder(Table.harmless(property.getString("title", name)));
        if (property.getValue("enum") instanceof JsonArray choices) {
            label.append(" (").append(Table.harmless(choices.encode())).append(")");
        }
        Optional.ofNullable(property.getValue("default"))
                .ifPresent(value -> label.append(" [").append(value).append("]"));
        return label.toString();
    }

    /** What was typed; empty at the end of the input. */
    private Optional<String> prompt(String text) {
        streams.err().print(text);
        streams.err().flush();
        try {
            return Optional.ofNullable(lines.readLine());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void say(String line) {
        streams.err().println(line);
    }
}
