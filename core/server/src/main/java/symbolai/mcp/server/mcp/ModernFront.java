package symbolai.mcp.server.mcp;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import symbolai.mcp.api.Caller;
import symbolai.mcp.server.crypto.Sealer;
import symbolai.mcp.server.jsonrpc.JsonRpcCodec;
import symbolai.mcp.server.jsonrpc.JsonRpcError;
import symbolai.mcp.server.jsonrpc.JsonRpcException;
import symbolai.mcp.server.jsonrpc.JsonRpcMessage;
import symbolai.mcp.server.tools.CallStates;
import symbolai.mcp.server.tools.Catalogs;
import symbolai.mcp.server.tools.Questions;
import symbolai.mcp.server.tools.Tasks;

/** Speaks 2026-07-28: every request stands for itself, and nothing is remembered between two of them. */
public final class ModernFront {

    /** The versions that requests with an envelope may claim. */
    static final List<String> SUPPORTED = List.of(ProtocolVersion.V2026_07_28.text());

    private static final Duration DISCOVERY_HOLD = Duration.ofMinutes(1);
    private static final Set<String> TASK_METHODS = Set.of("tasks/get", "tasks/update", "tasks/cancel");

    private final McpMethods methods;
    private final Catalogs catalogs;
    private final ServerProfile server;
    private final Results results;
    private final Rounds rounds;
    private final TaskMethods tasks;
    private final Subscriptions subscriptions;
    private final Failures failures;
    private final ClientCapabilities capabilities = new ClientCapabilities();
    private final JsonRpcCodec codec = new JsonRpcCodec();
    private volatile Consumer<Caller> foreign = nobody -> {};

    public ModernFront(
            McpMethods methods, Catalogs catalogs, Tasks tasks, Sealer sealer, ServerProfile server, Clock clock) {
        var json = new TaskJson(new McpJson(), new Questions());
        this.methods = methods;
        this.catalogs = catalogs;
        this.server = server;
        this.results = new Results(server);
        this.failures = new Failures(server);
        this.rounds = new Rounds(methods, new RequestStates(new CallStates(sealer, clock), this::isForeign), results);
        this.tasks = new TaskMethods(tasks, json, results);
        this.subscriptions = new Subscriptions(catalogs, tasks, methods::hears, json, results);
    }

    /** Is told from now on of callers who show the request state of another. */
    public void onForeign(Consumer<Caller> told) {
        foreign = told;
    }

    private void isForeign(Caller caller) {
        foreign.accept(caller);
    }

    /** Answers one request on the channel, now or later. */
    public void handle(
            JsonRpcMessage.Request request, Caller caller, String door, RequestChecks checks, ModernChannel channel) {
        ClientProfile client;
        try {
            client = admit(request, door, checks);
        } catch (JsonRpcException problem) {
            refuse(request, problem, 400, channel);
            return;
        }
        dispatch(request, client, caller, channel)
                .map(result -> codec.result(request.id(), result))
                .onSuccess(response -> channel.answer(200, response))
                .onFailure(failure -> refuse(request, failures.answer(failure, client.version()), 200, channel));
    }

    /** Ends the subscriptions gracefully. */
    public void close() {
        subscriptions.close();
    }

    private ClientProfile admit(JsonRpcMessage.Request request, String door, RequestChecks checks) {
        var envelope = Envelope.read(request.params());
        checks.version(envelope);
        if (!SUPPORTED.contains(envelope.version())) {
            throw new JsonRpcException(
                    JsonRpcError.UNSUPPORTED_VERSION,
                    "this protocol version is not served in this way",
                    new JsonObject().put("supported", new JsonArray(SUPPORTED)).put("requested", envelope.version()));
        }
        checks.names();
        checks.arguments(catalogs);
        return new ClientProfile(
                ProtocolVersion.V2026_07_28,
                capabilities.read(envelope.capabilities()),
                envelope.name(),
                envelope.logLevel(),
                door);
    }

    private Future<Buffer> dispatch(
            JsonRpcMessage.Request request, ClientProfile client, Caller caller, ModernChannel channel) {
        return Future.succeededFuture(request.method()).compose(method -> switch (method) {
            case "server/discover" -> discover();
            case "subscriptions/listen" -> subscriptions.open(request, client, caller, channel);
            case "tools/call", "prompts/get", "resources/read" -> rounds.handle(request, client, caller, channel);
            default ->
                TASK_METHODS.contains(method)
                        ? tasks.handle(method, new Params(request.params()), client, caller)
                        : methods.handle(request, client, caller, channel).map(Rounds::complete);
        });
    }

    private Future<Buffer> discover() {
        var version = ProtocolVersion.V2026_07_28;
        var result = new JsonObject()
                .put("supportedVersions", new JsonArray(SUPPORTED))
                .put("capabilities", server.capabilities(version))
                .put("instructions", server.instructions());
        return Future.succeededFuture(Rounds.complete(results.cacheable(result, DISCOVERY_HOLD, version)));
    }

    private void refuse(
            JsonRpcMessage.Request request, JsonRpcException problem, int otherwise, ModernChannel channel) {
        int status = switch (problem.error()) {
            case METHOD_NOT_FOUND -> 404;
            case MISSING_CAPABILITY -> 400;
            default -> otherwise;
        };
        channel.answer(status, codec.error(problem.withId(request.id())));
    }
}
