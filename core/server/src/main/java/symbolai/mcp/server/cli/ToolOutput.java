package symbolai.mcp.server.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Prints the result of a tool. */
final class ToolOutput {

    private final Streams streams;
    private final Optional<Path> file;

    /**
     * @param file where a result goes in place of the standard output
     */
    ToolOutput(Streams streams, Optional<Path> file) {
        this.streams = streams;
        this.file = file;
    }

    /** An error of the tool ends the command with a failure. */
    void print(JsonObject result, boolean whole) {
        var isError = result.getBoolean("isError", false);
        var text = whole ? result.encodePrettily() : text(result.getJsonArray("content", new JsonArray()));
        if (file.isPresent() && !isError) {
            write(file.get(), text);
        } else {
            (isError && !whole ? streams.err() : streams.out()).println(text);
        }
        if (isError) {
            throw new CommandFailed(CommandFailed.FAILED, "");
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text + "\n");
        } catch (IOException e) {
            throw new CommandFailed(CommandFailed.FAILED, "The file " + file + " cannot be written: " + e.getMessage());
        }
    }

    private String text(JsonArray content) {
        var text = String.join(
                "\n",
                content.stream()
                        .map(JsonObject.class::cast)
                        .map(ToolOutput::text)
                        .toList());
        return streams.interactive() ? text.replaceAll("[\\p{Cc}\\p{Cf}&&[^\\n\\t]]", "?") : text;
    }

    private static String text(JsonObject content) {
        return switch (content.getString("type", "")) {
            case "text" -> content.getString("text", "");
            case "resource_link" -> content.getString("name", "") + " <" + content.getString("uri", "") + ">";
            case "resource" -> embedded(content.getJsonObject("resource", new JsonObject()));
            default ->
                "[" + content.getString("type", "") + " " + content.getString("mimeType", "")
                        + ": use --json to see it]";
        };
    }

    private static String embedded(JsonObject resource) {
        return resource.getString("text", "[" + resource.getString("uri", "") + ": use --json to see it]");
    }
}
