package symbolai.mcp.server.mcp;

import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * What a request that was answered with questions is called again with.
 *
 * @param answers the client's answers, by the names of the questions
 * @param state the state that stood beside the questions
 */
public record Retry(Map<String, JsonObject> answers, JsonObject state) {

    /** A first call. */
    public static Retry none() {
        return new Retry(Map.of(), new JsonObject());
    }

    public Retry {
        answers = Map.copyOf(answers);
    }
}
