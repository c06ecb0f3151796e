package symbolai.mcp.api;

import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Questions to the client. The handler is called again with the answers, see {@link Call#answers}, and with the state, see {@link Call#state}.
 * It may ask again, as often as it needs. Nothing irreversible may be done before the last question is answered.
 *
 * <p>The state travels through the client, sealed: it cannot be read or changed there. Keep it small.
 *
 * @param requests the questions by names of the handler's choice; may be empty, then the client just calls again
 * @param state what the handler needs to know at the next call
 */
public record InputRequired(Map<String, InputRequest> requests, JsonObject state)
        implements ToolOutcome, PromptOutcome, ResourceOutcome {

    public InputRequired {
        requests = Collections.unmodifiableMap(new LinkedHashMap<>(requests));
        state = state.copy();
    }

    /** One question. */
    public static InputRequired ask(String name, InputRequest request) {
        return new InputRequired(Map.of(name, request), new JsonObject());
    }
}
