package symbolai.mcp.server.mcp;

import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Set;

/** The one answer to an HTTP request: JSON, nothing, or a stream of events. All methods may be called from any thread. */
public interface HttpReply {

    /** Answers with a JSON body; does nothing when an answer was begun or the client is gone. */
    void json(int status, Map<String, String> headers, Buffer body);

    /** Answers without a body and without a content type. */
    void empty(int status, Map<String, String> headers);

    /** Answers 200 with {@code text/event-stream}; the headers leave at once, and keep-alive comments are sent until the end. */
    EventStream events(Map<String, String> headers);

    /** Answers 403 with a challenge for an OAuth token of these scopes, and a JSON body. */
    void lacking(Set<String> scopes, Buffer body);

    /** Runs the action once, when the client goes away before the answer is complete; at once if it already has. */
    void onGone(Runnable action);

    /** Runs the action once, when no answer was begun within some seconds; that is the time to open a stream. */
    void onSlow(Runnable action);

    /** Answers with a JSON body and no headers of its own. */
    default void json(int status, Buffer body) {
        json(status, Map.of(), body);
    }
}
