package symbolai.mcp.server.tools;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import symbolai.mcp.api.InputRequest;
import symbolai.mcp.api.ToolResult;

/**
 * A call that goes on without its caller waiting.
 *
 * @param id unguessable
 * @param owner the id of the user who called
 * @param message what is going on, for people; may be empty
 * @param ttl how long the task is kept after it was made
 * @param poll how often it is worth asking
 * @param questions what the client is asked, when the status is {@link Status#INPUT_REQUIRED}
 * @param result the tool's result, when the status is {@link Status#COMPLETED}
 * @param error a JSON-RPC error object, when the status is {@link Status#FAILED}
 */
public record Task(
        String id,
        String owner,
        String tool,
        Status status,
        String message,
        Instant created,
        Instant updated,
        Duration ttl,
        Duration poll,
        Map<String, InputRequest> questions,
        Optional<ToolResult> result,
        Optional<JsonObject> error) {

    /** Where a task stands. */
    public enum Status {
        WORKING,
        INPUT_REQUIRED,
        COMPLETED,
        FAILED,
        CANCELLED;

        /** Whether nothing more happens. */
        public boolean isFinal() {
            return this == COMPLETED || this == FAILED || this == CANCELLED;
        }

        /** The status as the protocol writes it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Task {
        questions = Collections.unmodifiableMap(new LinkedHashMap<>(questions));
    }
}
