package symbolai.mcp.plugins.d1;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import symbolai.mcp.api.Fence;
import symbolai.mcp.api.Prompt;
import symbolai.mcp.api.PromptCall;
import symbolai.mcp.api.PromptResult;

/** Helps a model to get to know a database. */
final class ExplorePrompt {

    private final NameCompletion completion = new NameCompletion();
    private final Fence fence = new Fence("a database");

    Prompt prompt() {
        return new Prompt(
                        "d1_explore_database",
                        "Explore a D1 database",
                        "Gives a model the schema of a D1 database and a way to explore it, or to answer a question about its data.",
                        List.of(
                                new Prompt.Argument("database", "The name or UUID of the database.", true),
                                new Prompt.Argument(
                                        "question",
                                        "What you want to know; left out, the model gives an overview.",
                                        false)),
                        Map.of("database", completion::databases),
                        this::messages)
                .likeTool("d1_schema");
    }

    private Future<PromptResult> messages(PromptCall call) {
        var client = new D1Client(call);
        return client.find(call.arguments().getOrDefault("database", ""))
                .compose(database -> new SchemaReader(client)
                        .schema(database.uuid())
                        .map(schema -> messages(call, database, schema)));
    }

    private PromptResult messages(PromptCall call, D1Database database, DatabaseSchema schema) {
        var question = call.arguments().getOrDefault("question", "");
        var task = question.isBlank()
                ? "Give me an overview: what the database is about, how its tables belong together, how many rows each has,"
                        + " and three questions that its data can answer."
                : "Answer this question from its data: " + question;
        var text = """
                Explore the D1 database "%s" (databaseId %s) with the tool d1_query. %s

                Work like this:
                1. Read the schema below. It is SQLite; follow the foreign keys to join.
                2. Look at a few rows (LIMIT 5) of a table before you rely on what its columns seem to mean.
                3. Let the database count, sum and group. Fetch rows only where you need them, and use params for values.
                4. Change nothing. When a result says truncated, narrow the query.
                5. Say which queries your answer rests on.

                %s""".formatted(
                        database.name(),
                        database.uuid(),
                        task,
                        fence.around(DatabaseTools.schema(database, schema).encode()));
        return PromptResult.user("Explore the D1 database " + database.name(), text);
    }
}
