package symbolai.mcp.testkit;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import symbolai.mcp.api.CallLog;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Cancellation;
import symbolai.mcp.api.ClientCapability;
import symbolai.mcp.api.CompletionCall;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Credential;
import symbolai.mcp.api.Deadline;
import symbolai.mcp.api.Progress;
import symbolai.mcp.api.PromptCall;
import symbolai.mcp.api.ResourceCall;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.ToolCall;

/** A call of any kind, without a server: each kind of handler looks at the parts that are its own. */
public record FakeCall(
        Connection connection,
        String name,
        JsonObject arguments,
        Map<String, String> texts,
        Map<String, JsonObject> answers,
        JsonObject state,
        Set<ClientCapability> clientCapabilities,
        boolean takesStream,
        Deadline deadline) {

    /** A call that has ten seconds, of a client that can do nothing. */
    public static FakeCall on(Connection connection) {
        return new FakeCall(
                connection,
                "",
                new JsonObject(),
                Map.of(),
                Map.of(),
                new JsonObject(),
                EnumSet.noneOf(ClientCapability.class),
                false,
                Deadline.after(Duration.ofSeconds(10)));
    }

    /** The same with other arguments of a tool. */
    public FakeCall arguments(JsonObject arguments) {
        return new FakeCall(
                connection, name, arguments, texts, answers, state, clientCapabilities, takesStream, deadline);
    }

    /** The same with the name of a tool, the URI of a resource, or what was typed, and other texts beside it. */
    public FakeCall texts(String name, Map<String, String> texts) {
        return new FakeCall(
                connection, name, arguments, texts, answers, state, clientCapabilities, takesStream, deadline);
    }

    /** The same with answers of the client, and the state that the questions came with. */
    public FakeCall answers(Map<String, JsonObject> answers, JsonObject state) {
        return new FakeCall(
                connection, name, arguments, texts, answers, state, clientCapabilities, takesStream, deadline);
    }

    /** The same for a client that can do these. */
    public FakeCall capabilities(Set<ClientCapability> capabilities) {
        return new FakeCall(connection, name, arguments, texts, answers, state, capabilities, takesStream, deadline);
    }

    /** The same with another deadline. */
    public FakeCall deadline(Duration remaining) {
        return new FakeCall(
                connection,
                name,
                arguments,
                texts,
                answers,
                state,
                clientCapabilities,
                takesStream,
                Deadline.after(remaining));
    }

    /** The same of a caller that takes downloads. */
    public FakeCall download() {
        return new FakeCall(connection, name, arguments, texts, answers, state, clientCapabilities, true, deadline);
    }

    /** For a tool's handler. */
    public ToolCall tool() {
        return new Tool(this);
    }

    /** For a resource's handler. */
    public ResourceCall resource() {
        return new Resource(this);
    }

    /** For a prompt's handler. */
    public PromptCall prompt() {
        return new Prompt(this);
    }

    /** For a completer. */
    public CompletionCall completion() {
        return new Typed(this);
    }

    private interface Parts extends symbolai.mcp.api.Call {

        FakeCall call();

        @Override
        default Caller caller() {
            return new Caller("local", "local", Role.ADMIN, Credential.LOCAL, "local");
        }

        @Override
        default Connection connection() {
            return call().connection();
        }

        @Override
        default Set<ClientCapability> clientCapabilities() {
            return call().clientCapabilities();
        }

        @Override
        default Map<String, JsonObject> answers() {
            return call().answers();
        }

        @Override
        default JsonObject state() {
            return call().state();
        }

        @Override
        default Progress progress() {
            return (done, total, message) -> {};
        }

        @Override
        default CallLog log() {
            return (level, message) -> {};
        }

        @Override
        default Cancellation cancellation() {
            return Cancellation.NEVER;
        }

        @Override
        default Deadline deadline() {
            return call().deadline();
        }
    }

    private record Tool(FakeCall call) implements Parts, ToolCall {

        @Override
        public String tool() {
            return call.name();
        }

        @Override
        public JsonObject arguments() {
            return call.arguments();
        }

        @Override
        public boolean takesStream() {
            return call.takesStream();
        }
    }

    private record Resource(FakeCall call) implements Parts, ResourceCall {

        @Override
        public String uri() {
            return call.name();
        }

        @Override
        public Map<String, String> variables() {
            return call.texts();
        }
    }

    private record Prompt(FakeCall call) implements Parts, PromptCall {

        @Override
        public Map<String, String> arguments() {
            return call.texts();
        }
    }

    private record Typed(FakeCall call) implements Parts, CompletionCall {

        @Override
        public String value() {
            return call.name();
        }

        @Override
        public Map<String, String> others() {
            return call.texts();
        }
    }
}
