package symbolai.mcp.server.tools;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.Set;

/** Checks a client's answer against the question, as {@link Questions} wrote it. */
public final class AnswerCheck {

    private static final Set<String> ACTIONS = Set.of("accept", "decline", "cancel");

    /** What is wrong with the answer to the question; empty when it will do. */
    public Optional<String> problem(JsonObject question, JsonObject answer) {
        return switch (question.getString("method")) {
            case "elicitation/create" -> elicitation(question.getJsonObject("params"), answer);
            case "sampling/createMessage" -> sampling(answer);
            default -> roots(answer);
        };
    }

    private static Optional<String> elicitation(JsonObject params, JsonObject answer) {
        if (!(answer.getValue("action") instanceof String action) || !ACTIONS.contains(action)) {
            return Optional.of("action must be accept, decline or cancel");
        }
        if (!action.equals("accept") || !(params.getValue("requestedSchema") instanceof JsonObject schema)) {
            return Optional.empty();
        }
        if (!(answer.getValue("content") instanceof JsonObject content)) {
            return Optional.of("content must be an object");
        }
        var problems = CompiledSchema.of(schema).problems(content);
        return problems.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", problems));
    }

    private static Optional<String> sampling(JsonObject answer) {
        boolean hasContent =
                answer.getValue("content") instanceof JsonObject || answer.getValue("content") instanceof JsonArray;
        return answer.getValue("role") instanceof String && hasContent
                ? Optional.empty()
                : Optional.of("a message must have a role and content");
    }

    private static Optional<String> roots(JsonObject answer) {
        return answer.getValue("roots") instanceof JsonArray ? Optional.empty() : Optional.of("roots must be an array");
    }
}
