package symbolai.mcp.server.tools;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import symbolai.mcp.api.InputRequest;

/** Writes questions to the client as requests without an id. */
public final class Questions {

    /** The questions by their names. */
    public JsonObject json(Map<String, InputRequest> questions) {
        var json = new JsonObject();
        questions.forEach((name, question) -> json.put(name, json(question)));
        return json;
    }

    /** One question: a method and its parameters. */
    public JsonObject json(InputRequest question) {
        if (question instanceof InputRequest.Form form) {
            return request("elicitation/create", form(form));
        }
        if (question instanceof InputRequest.Page page) {
            return request("elicitation/create", page(page));
        }
        if (question instanceof InputRequest.Sampling sampling) {
            return request("sampling/createMessage", sampling.params());
        }
        return request("roots/list", new JsonObject());
    }

    private static JsonObject form(InputRequest.Form form) {
        return new JsonObject()
                .put("mode", "form")
                .put("message", form.message())
                .put("requestedSchema", form.schema());
    }

    private static JsonObject page(InputRequest.Page page) {
        return new JsonObject()
                .put("mode", "url")
                .put("message", page.message())
                .put("url", page.url());
    }

    private static JsonObject request(String method, JsonObject params) {
        return new JsonObject().put("method", method).put("params", params);
    }
}
