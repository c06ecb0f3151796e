package symbolai.mcp.server.mcp.legacy;

import io.vertx.core.json.JsonObject;
import symbolai.mcp.api.InputRequest;
import symbolai.mcp.server.mcp.ProtocolVersion;
import symbolai.mcp.server.tools.Questions;

/** Writes questions in the shape that a version of these eras has. */
final class QuestionWriter {

    private final Questions questions = new Questions();

    /**
     * The question as a method and its parameters.
     *
     * @param elicitationId names the page, for the notification that it is done
     */
    JsonObject write(InputRequest request, String elicitationId, ProtocolVersion version) {
        JsonObject question = questions.json(request).copy();
        JsonObject params = question.getJsonObject("params");
        if (!version.atLeast(ProtocolVersion.V2025_11_25)) {
            params.remove("mode");
            params.remove("tools");
            params.remove("toolChoice");
        }
        if (request instanceof InputRequest.Page) {
            params.put("elicitationId", elicitationId);
        }
        return question;
    }
}
