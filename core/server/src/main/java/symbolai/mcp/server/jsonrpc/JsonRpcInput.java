package symbolai.mcp.server.jsonrpc;

import java.util.List;

/** What one body or line held. */
public sealed interface JsonRpcInput {

    /** One message. */
    record Single(JsonRpcMessage message) implements JsonRpcInput {}

    /** An array of messages, at least one; those that are not valid are in their places. */
    record Batch(List<Element> elements) implements JsonRpcInput {

        public Batch {
            elements = List.copyOf(elements);
        }
    }

    /** One element of a batch. */
    sealed interface Element {

        /** A message. */
        record Valid(JsonRpcMessage message) implements Element {}

        /** Something else, with the error that answers it. */
        record Invalid(JsonRpcException problem) implements Element {}
    }
}
