package symbolai.mcp.server.mcp.legacy;

import io.vertx.core.json.JsonObject;
import symbolai.mcp.api.InputRequest;
import symbolai.mcp.server.mcp.ProtocolVersion;

/** Writes questions in the shape of a version. */
final class QuestionWriter {

    private static final String ELICIT = "elicitation/create";

    /**
     * The request that asks.
     *
     * @param elicitationId names the page, for the notification that it is done
     */
    Question write(InputRequest request, String elicitationId, ProtocolVersion version) {
        boolean hasModes = version.atLeast(ProtocolVersion.V2025_11_25);
        if (request instanceof InputRequest.Form form) {
            return new Question(ELICIT, form(form, hasModes));
        }
        if (request instanceof InputRequest.Page page) {
            return new Question(ELICIT, page(page, elicitationId));
        }
        if (request instanceof InputRequest.Sampling sampling) {
            return new Question("sampling/createMessage", sampling(sampling, hasModes));
        }
        return new Question("roots/list", new JsonObject());
    }

    /** The params of an elicitation that opens a page. */
    JsonObject page(InputRequest.Page page, String elicitationId) {
        return new JsonObject()
                .put("mode", "url")
                .put("elicitationId", elicitationId)
                .put("url", page.url())
                .put("message", page.message());
    }

    private static JsonObject form(InputRequest.Form form, boolean hasModes) {
        JsonObject params = new JsonObject();
        if (hasModes) {
            params.put("mode", "form");
        }
        return params.put("message", form.message())
                .put("requestedSchema", form.schema().copy());
    }

    private static JsonObject sampling(InputRequest.Sampling sampling, boolean hasTools) {
        JsonObject params = sampling.params().copy();
        if (!hasTools) {
            params.remove("tools");
            params.remove("toolChoice");
        }
        return params;
    }
}
