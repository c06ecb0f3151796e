package symbolai.mcp.server.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The policy: who may call what. */
@Command(
        mixinStandardHelpOptions = true,
        name = "policy",
        description = "Shows, changes and explains the rules of who may call what.")
final class PolicyCommand {

    private static final String RULE = "The rule, such as: id=support-reads effect=allow roles=operator tools=d1_query"
            + " access=read databases=orders tables=tickets,replies rows=100. Lists are separated by commas.";

    private final Context context;
    private final RuleWords words = new RuleWords();

    PolicyCommand(Context context) {
        this.context = context;
    }

    @Command(mixinStandardHelpOptions = true, description = "Lists the rules in their order.")
    void list(@Mixin CommonOptions options) {
        context.withServer(options, server -> show(server.get("/rest/policy/rules")));
    }

    @Command(mixinStandardHelpOptions = true, description = "Adds a rule after all others.")
    void add(
            @Parameters(paramLabel = "FIELD=VALUE", arity = "2..*", description = RULE) List<String> fields,
            @Mixin CommonOptions options) {
        change(options, "add", new JsonObject().put("rule", words.rule(fields)));
    }

    @Command(mixinStandardHelpOptions = true, description = "Puts a rule in place of the one with its id.")
    void update(
            @Parameters(paramLabel = "FIELD=VALUE", arity = "2..*", description = RULE) List<String> fields,
            @Mixin CommonOptions options) {
        change(options, "update", new JsonObject().put("rule", words.rule(fields)));
    }

    @Command(mixinStandardHelpOptions = true, description = "Removes a rule.")
    void remove(
            @Parameters(paramLabel = "ID", description = "The id, as policy list shows it.") String id,
            @Mixin CommonOptions options) {
        change(options, "remove", new JsonObject().put("id", id));
    }

    @Command(mixinStandardHelpOptions = true, description = "Puts a rule at another place.")
    void move(
            @Parameters(paramLabel = "ID", description = "The id, as policy list shows it.") String id,
            @Parameters(paramLabel = "POSITION", description = "Its new place; 0 is the first.") int position,
            @Mixin CommonOptions options) {
        change(options, "move", new JsonObject().put("id", id).put("position", position));
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "read-only",
            description = "Switches everything off that writes, which no rule relaxes, or on again.")
    void readOnly(
            @Parameters(paramLabel = "on|off", description = "Whether nothing may be written.") String state,
            @Mixin CommonOptions options) {
        if (!state.equals("on") && !state.equals("off")) {
            throw new CommandFailed(CommandFailed.USAGE, "The switch is " + state + "; it is on or off.");
        }
        change(options, "read-only", new JsonObject().put("on", state.equals("on")));
    }

    @Command(mixinStandardHelpOptions = true, description = "Lists the last changes, the newest first.")
    void history(@Mixin CommonOptions options) {
        context.withServer(options, server -> history(server.get("/rest/policy/history")));
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Tells why a call would be allowed or refused, rule by rule; nothing is called.")
    void explain(
            @Parameters(
                            paramLabel = "FIELD=VALUE",
                            arity = "2..*",
                            description =
                                    "The call, such as: user=ada tool=d1_query database=orders tables=tickets"
                                            + " address=10.0.0.7 at=2026-11-23T09:00:00Z; in place of user: key=ID; beside it: client=ID, account=ID.")
                    List<String> fields,
            @Mixin CommonOptions options) {
        context.withServer(options, server -> explained(server.post("/rest/policy/explain", words.question(fields))));
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Asks the policy all questions of a file and compares the answers: a JSON array of objects with the fields of",
                "explain, and expect: allowed, refused, approval or scope. Ends with 1 when an answer is another."
            })
    void test(@Parameters(paramLabel = "FILE", description = "The file.") Path file, @Mixin CommonOptions options) {
        var cases = words.cases(file);
        context.withServer(options, server -> test(server, cases));
    }

    private void change(CommonOptions options, String what, JsonObject body) {
        context.withServer(options, server -> show(server.post("/rest/policy/" + what, body)));
    }

    private void show(JsonObject state) {
        var table = new Table("#", "ID", "EFFECT", "SAYS", "NOTE");
        var rules = state.getJsonArray("rules");
        for (int i = 0; i < rules.size(); i++) {
            var rule = rules.getJsonObject(i).getJsonObject("rule");
            table.row(
                    String.valueOf(i),
                    rule.getString("id"),
                    rule.getString("effect"),
                    words.text(rule),
                    rule.getString("note", ""));
        }
        context.print(table.text());
        if (state.getBoolean("readOnly")) {
            context.print("The server is read-only: nothing that writes may be called, whatever the rules say.");
        }
    }

    private void history(JsonObject history) {
        var table = new Table("VERSION", "AT", "BY", "DID", "RULE");
        for (var row : history.getJsonArray("changes")) {
            var change = (JsonObject) row;
            table.row(
                    String.valueOf(change.getLong("version")),
                    change.getString("at"),
                    change.getString("author"),
                    change.getString("action"),
                    change.getString("rule"));
        }
        context.print(table.text());
    }

    private void explained(JsonObject explanation) {
        for (var row : explanation.getJsonArray("rules")) {
            var rule = (JsonObject) row;
            context.print(rule.getString("effect") + " " + rule.getString("rule") + ": " + rule.getString("matches"));
            rule.getJsonArray("why").forEach(why -> context.print("    " + why));
        }
        var reason = explanation.getString("reason");
        context.print(explanation.getString("outcome") + " by " + explanation.getString("decidedBy")
                + (reason.isEmpty() ? "" : ": " + reason));
    }

    private void test(ControlClient server, JsonArray cases) {
        int wrong = 0;
        for (int i = 0; i < cases.size(); i++) {
            var question = cases.getJsonObject(i).copy();
            var expected = String.valueOf(question.remove("expect"));
            var answer = server.post("/rest/policy/explain", question);
            if (!answer.getString("outcome").equals(expected)) {
                wrong++;
                context.complain("Case " + i + " " + question.encode() + ": expected " + expected + ", and it is "
                        + answer.getString("outcome") + " by " + answer.getString("decidedBy") + ".");
            }
        }
        context.print((cases.size() - wrong) + " of " + cases.size() + " as expected.");
        if (wrong > 0) {
            throw new CommandFailed(CommandFailed.FAILED, "");
        }
    }
}
