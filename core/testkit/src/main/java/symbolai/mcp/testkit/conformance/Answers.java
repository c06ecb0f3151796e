package symbolai.mcp.testkit.conformance;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import symbolai.mcp.api.Call;

/** Reads the client's answers; one that has not the right shape counts as not given. */
final class Answers {

    private final Call call;

    Answers(Call call) {
        this.call = call;
    }

    /** The answer as it came. */
    Optional<JsonObject> raw(String question) {
        return Optional.ofNullable(call.answers().get(question));
    }

    /** What the user filled in, where the form was accepted. */
    Optional<JsonObject> accepted(String question) {
        return raw(question)
                .filter(answer -> "accept".equals(answer.getValue("action")))
                .flatMap(answer -> object(answer, "content"));
    }

    /** One text of a form that was accepted. */
    Optional<String> text(String question, String field) {
        return accepted(question).flatMap(content -> string(content, field));
    }

    /** What the client's model said. */
    Optional<String> modelText(String question) {
        return raw(question).flatMap(answer -> object(answer, "content")).flatMap(content -> string(content, "text"));
    }

    private static Optional<JsonObject> object(JsonObject parent, String name) {
        return Optional.ofNullable(parent.getValue(name))
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast);
    }

    private static Optional<String> string(JsonObject parent, String name) {
        return Optional.ofNullable(parent.getValue(name))
                .filter(String.class::isInstance)
                .map(String.class::cast);
    }
}
