package symbolai.mcp.server.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Prints the result of a tool. */
final class ToolOutput {

    private final Streams streams;

    ToolOutput(Streams streams) {
        this.streams = streams;
    }

    /** An error of the tool ends the command with a failure. */
    void print(JsonObject result, boolean whole) {
        var isError = result.getBoolean("isError", false);
        if (whole) {
            streams.out().println(result.encodePrettily());
        } else {
            var to = isError ? streams.err() : streams.out();
            to.println(text(result.getJsonArray("content", new JsonArray())));
        }
        if (isError) {
            throw new CommandFailed(CommandFailed.FAILED, "");
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
