package symbolai.mcp.server.cli;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Collects what a connector asks for: from options, from standard input, or from the person at the terminal. */
final class CredentialInput {

    private static final int LONGEST = 16_384;

    private final Streams streams;
    private final boolean tokenStdin;

    CredentialInput(Streams streams, boolean tokenStdin) {
        this.streams = streams;
        this.tokenStdin = tokenStdin;
    }

    /** All fields that are given or needed. */
    JsonObject fill(JsonObject system, JsonObject given) {
        var fields = system.getJsonArray("fields").stream()
                .map(JsonObject.class::cast)
                .toList();
        refuseSecretsIn(given, fields);
        var filled = given.copy();
        if (tokenStdin) {
            filled.put(token(fields), fromStdin());
        }
        var missing = fields.stream()
                .filter(field -> field.getBoolean("required") && !filled.containsKey(field.getString("name")))
                .toList();
        if (!missing.isEmpty()) {
            ask(system, missing, filled);
        }
        return filled;
    }

    private static void refuseSecretsIn(JsonObject given, List<JsonObject> fields) {
        fields.stream()
                .filter(field -> field.getBoolean("secret") && given.containsKey(field.getString("name")))
                .findFirst()
                .ifPresent(field -> {
                    throw usage(
                            field.getString("name")
                                    + " is secret and must not be an argument, which other programs can see; use --token-stdin.");
                });
    }

    private static String token(List<JsonObject> fields) {
        return fields.stream()
                .filter(field -> field.getBoolean("secret"))
                .findFirst()
                .map(field -> field.getString("name"))
                .orElseThrow(() -> usage("This system asks for no token."));
    }

    /** All of standard input but the line break at its end. */
    private String fromStdin() {
        try {
            return new String(streams.in().readNBytes(LONGEST), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new CommandFailed(CommandFailed.FAILED, "Standard input cannot be read.");
        }
    }

    private void ask(JsonObject system, List<JsonObject> missing, JsonObject filled) {
        if (tokenStdin || !streams.interactive()) {
            var names = missing.stream().map(CredentialInput::option).toList();
            throw usage("Give " + String.join(" and ", names) + ".");
        }
        say(system.getString("title") + " " + system.getString("connectionUrl"));
        system.getJsonArray("steps").forEach(step -> say("- " + step));
        var lines = new BufferedReader(new InputStreamReader(streams.in(), StandardCharsets.UTF_8));
        missing.forEach(field -> filled.put(field.getString("name"), answer(field, lines)));
    }

    private static String option(JsonObject field) {
        if (field.getBoolean("secret")) {
            return "the token with --token-stdin";
        }
        return field.getString("name").equals("accountId") ? "--account" : "--field " + field.getString("name") + "=…";
    }

    private String answer(JsonObject field, BufferedReader lines) {
        var label = Table.harmless(field.getString("title")) + ": ";
        return (field.getBoolean("secret") ? hidden(label) : line(label, lines))
                .orElseThrow(() -> new CommandFailed(CommandFailed.FAILED, "Nothing was connected."));
    }

    /** What is typed is not shown. */
    private static Optional<String> hidden(String label) {
        return Optional.ofNullable(System.console())
                .flatMap(console -> Optional.ofNullable(console.readPassword("%s", label)))
                .map(String::new)
                .map(String::strip);
    }

    private Optional<String> line(String label, BufferedReader lines) {
        streams.err().print(label);
        streams.err().flush();
        try {
            return Optional.ofNullable(lines.readLine()).map(String::strip);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void say(String line) {
        streams.err().println(Table.harmless(line));
    }

    private static CommandFailed usage(String message) {
        return new CommandFailed(CommandFailed.USAGE, message);
    }
}
