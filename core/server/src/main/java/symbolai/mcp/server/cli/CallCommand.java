package symbolai.mcp.server.cli;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;
import symbolai.mcp.server.config.Suggestion;

/** Calls one tool. Its arguments are the options that the command itself does not know. */
@Command(
        name = "call",
        description = "Calls a tool. Its arguments are given as options, such as --databaseId ID --sql 'SELECT 1'.",
        customSynopsis =
                "symbolai-mcp tool call NAME [--ARGUMENT VALUE]... [--arguments JSON] [--json] [--output FILE] [--wait] [--data DIR]")
final class CallCommand implements Runnable {

    private static final String APPROVAL = "approval";

    private final Context context;

    @Parameters(index = "0", paramLabel = "NAME", description = "The tool, as tool list shows it.")
    private String name = "";

    @Option(names = "--arguments", paramLabel = "JSON", description = "Arguments as one JSON object.")
    private Optional<String> json = Optional.empty();

    @Option(names = "--json", description = "Prints the whole result as JSON.")
    private boolean whole;

    @Option(names = "--output", paramLabel = "FILE", description = "Writes the result, or a download, into the file.")
    private Optional<Path> output = Optional.empty();

    @Option(
            names = "--wait",
            description =
                    "Waits where the call needs an approval, until somebody has decided, and then makes the call.")
    private boolean waits;

    @Mixin
    private CommonOptions options = new CommonOptions();

    @Unmatched
    private List<String> rest = new ArrayList<>();

    CallCommand(Context context) {
        this.context = context;
    }

    @Override
    public void run() {
        var given = json.map(CallCommand::object).orElseGet(JsonObject::new);
        context.withServer(options, server -> call(server, given));
    }

    private void call(ControlClient server, JsonObject given) {
        var arguments = new ToolArguments(name, schema(server)).read(given, rest);
        var body = new JsonObject()
                .put("arguments", arguments)
                .put("interactive", context.streams().interactive())
                .put("waits", waits)
                .put("stream", output.isPresent());
        var path = "/tools/" + ControlClient.segment(name) + "/call";
        var answer = send(server, path, body);
        var interview = new Interview(context.streams());
        while (answer.containsKey("questions")) {
            var questions = answer.getJsonObject("questions");
            body.put("answers", waits && isApproval(questions) ? waiting(questions) : interview.ask(questions));
            body.put("state", answer.getString("state"));
            answer = send(server, path, body);
        }
        if (answer.containsKey("result")) {
            new ToolOutput(context.streams(), output).print(answer.getJsonObject("result"), whole);
        }
    }

    private static boolean isApproval(JsonObject questions) {
        return questions.fieldNames().equals(Set.of(APPROVAL));
    }

    /** The server answers when somebody has decided. */
    private JsonObject waiting(JsonObject questions) {
        var params = questions.getJsonObject(APPROVAL).getJsonObject("params");
        context.complain(Table.harmless(params.getString("message")));
        return new JsonObject().put(APPROVAL, new JsonObject().put("action", "accept"));
    }

    /** The answer; an empty one when it was a download, which is in the file now. */
    private JsonObject send(ControlClient server, String path, JsonObject body) {
        return output.map(file -> server.post(path, body, file)).orElseGet(() -> server.post(path, body));
    }

    private JsonObject schema(ControlClient server) {
        var tools = server.get("/tools").getJsonArray("tools").stream()
                .map(JsonObject.class::cast)
                .toList();
        return tools.stream()
                .filter(tool -> name.equals(tool.getString("name")))
                .findFirst()
                .map(tool -> tool.getJsonObject("inputSchema"))
                .orElseThrow(() -> unknown(tools));
    }

    private CommandFailed unknown(List<JsonObject> tools) {
        var names = tools.stream().map(tool -> tool.getString("name")).toList();
        var suggestion = Suggestion.of(name, names)
                .map(near -> "; did you mean " + near + "?")
                .orElse("; tool list shows those there are.");
        return new CommandFailed(CommandFailed.FAILED, "There is no tool '" + name + "'" + suggestion);
    }

    private static JsonObject object(String text) {
        try {
            return new JsonObject(text);
        } catch (DecodeException | ClassCastException e) {
            throw new CommandFailed(CommandFailed.USAGE, "--arguments must be a JSON object.");
        }
    }
}
