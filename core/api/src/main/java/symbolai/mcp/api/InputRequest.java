package symbolai.mcp.api;

import io.vertx.core.json.JsonObject;

/** One question to the client. */
public sealed interface InputRequest {

    /** What the client must be able to do to answer. */
    ClientCapability needs();

    /**
     * Asks the user to fill in a form. The answer is {@code {action: accept|decline|cancel, content?}}.
     *
     * @param schema an object whose properties are text, numbers, booleans and choices, as the specification's elicitation allows
     */
    record Form(String message, JsonObject schema) implements InputRequest {

        public Form {
            schema = schema.copy();
        }

        @Override
        public ClientCapability needs() {
            return ClientCapability.ELICITATION_FORM;
        }
    }

    /** Asks the user to open a page. The answer is {@code {action}}; what is done on the page does not pass through the client. */
    record Page(String message, String url) implements InputRequest {

        @Override
        public ClientCapability needs() {
            return ClientCapability.ELICITATION_URL;
        }
    }

    /** Asks the client's model. The parameters and the answer are those of {@code sampling/createMessage}. */
    record Sampling(JsonObject params) implements InputRequest {

        public Sampling {
            params = params.copy();
        }

        @Override
        public ClientCapability needs() {
            return ClientCapability.SAMPLING;
        }
    }

    /** Asks which folders the client works in. The answer is that of {@code roots/list}. */
    record Roots() implements InputRequest {

        @Override
        public ClientCapability needs() {
            return ClientCapability.ROOTS;
        }
    }
}
