package symbolai.mcp.server.rest;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import symbolai.mcp.api.ClientCapability;
import symbolai.mcp.api.Content;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolResult;
import symbolai.mcp.server.tools.CallOutcome;
import symbolai.mcp.server.tools.CallStates;
import symbolai.mcp.server.tools.Requester;
import symbolai.mcp.server.tools.ToolInvoker;

/** Calls the tool that a request is for, and makes an answer of what comes. */
final class RestCalls {

    private static final Set<ClientCapability> CAPABILITIES =
            Set.of(ClientCapability.ELICITATION_FORM, ClientCapability.ELICITATION_URL);
    private static final int LONGEST_CLIENT = 100;

    private final ToolInvoker invoker;
    private final Questioning questioning;
    private final RestFailures failures;
    private final Function<ToolResult, JsonObject> plain;
    private final Duration patience;
    private final RestBody body = new RestBody();

    /**
     * @param plain how a result without structured content is written
     * @param patience how long a caller waits for a tool that goes on
     */
    RestCalls(
            ToolInvoker invoker,
            CallStates states,
            RestFailures failures,
            Function<ToolResult, JsonObject> plain,
            Duration patience) {
        this.invoker = invoker;
        this.questioning = new Questioning(states);
        this.failures = failures;
        this.plain = plain;
        this.patience = patience;
    }

    /** The answer to the request. */
    Future<RestAnswer> call(RestTool tool, RestRequest request) {
        if (!invoker.visible(request.caller(), tool.tool())) {
            return refused(tool, request);
        }
        if (!tool.hasBody()) {
            return read(tool, request, new RestArguments(tool).query(request.query()));
        }
        return body.read(request)
                .compose(fields -> read(tool, request, new RestArguments(tool).body(request.query(), fields)));
    }

    /** A caller who may not call is told so, and not how the arguments would be right. */
    private Future<RestAnswer> refused(RestTool tool, RestRequest request) {
        var unread = new RestArguments.Read(new JsonObject(), Optional.empty(), new JsonObject());
        return invoker.refuse(tool.tool(), requester(request, false))
                .map(outcome -> answer(tool, outcome, unread, new JsonArray()));
    }

    private Future<RestAnswer> read(RestTool tool, RestRequest request, RestArguments.Read read) {
        var stream = new RestArguments(tool).wantsDownload(request.query()) || prefersBytes(request);
        return invoked(tool, request, read, stream);
    }

    private Future<RestAnswer> invoked(RestTool tool, RestRequest request, RestArguments.Read read, boolean stream) {
        var name = tool.tool().name();
        var subject =
                new JsonArray().add(request.caller().id()).add("rest").add(name).add(read.arguments());
        var resumed = questioning.resume(request, read.rest(), subject);
        if (resumed.stillOpen().isPresent()) {
            return Future.succeededFuture(resumed.stillOpen().get());
        }
        var begun = resumed.begun().orElseThrow();
        return invoker.call(name, read.arguments(), begun.answers(), begun.state(), requester(request, stream))
                .map(outcome -> answer(tool, outcome, read, subject));
    }

    private RestAnswer answer(RestTool tool, CallOutcome outcome, RestArguments.Read read, JsonArray subject) {
        var headers = new TreeMap<String, String>();
        read.clamped().ifPresent(limit -> headers.put("X-Limit-Clamped", String.valueOf(limit)));
        if (outcome instanceof CallOutcome.Asks asks) {
            return questioning.ask(asks.questions(), subject);
        }
        if (outcome instanceof CallOutcome.Download download) {
            return new RestAnswer.Download(headers, download.streamed());
        }
        var done = (CallOutcome.Done) outcome;
        if (done.failure().isPresent()) {
            return failures.answer(inWordsOfRest(tool, done.failure().get()));
        }
        if (done.result().isError()) {
            return failures.failed(tool.told(text(done.result())));
        }
        return RestAnswer.json(200, headers, written(done.result()));
    }

    private Object written(ToolResult result) {
        return result.structured().orElseGet(() -> plain.apply(result));
    }

    private static ToolException inWordsOfRest(RestTool tool, ToolException failure) {
        return new ToolException(failure.reason(), tool.told(String.valueOf(failure.getMessage())), failure.retryAt());
    }

    private static String text(ToolResult result) {
        return String.join(
                "\n",
                result.content().stream()
                        .filter(Content.Text.class::isInstance)
                        .map(content -> ((Content.Text) content).text())
                        .toList());
    }

    private Requester requester(RestRequest request, boolean stream) {
        return new Requester(
                request.caller(),
                client(request.header("User-Agent").orElse("")),
                "rest",
                CAPABILITIES,
                (done, total, message) -> {},
                (level, message) -> {},
                request.gone(),
                stream,
                patience);
    }

    private static String client(String agent) {
        var known = new String(agent.getBytes(StandardCharsets.US_ASCII), StandardCharsets.US_ASCII);
        return known.length() <= LONGEST_CLIENT ? known : known.substring(0, LONGEST_CLIENT);
    }

    /** Whether the client rather has bytes than JSON. */
    private static boolean prefersBytes(RestRequest request) {
        var accept = request.header("Accept").orElse("");
        return quality(accept, "application/octet-stream") > quality(accept, "application/json");
    }

    private static double quality(String accept, String media) {
        var best = 0.0;
        for (var range : accept.split(",", -1)) {
            var parts = range.split(";", -1);
            if (parts[0].strip().equalsIgnoreCase(media)) {
                best = Math.max(best, weight(parts));
            }
        }
        return best;
    }

    private static double weight(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            var part = parts[i].strip();
            if (part.matches("q=[01](\\.[0-9]{1,3})?")) {
                return Double.parseDouble(part.substring(2));
            }
        }
        return 1;
    }
}
