package symbolai.mcp.server.mcp;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.ClientCapability;
import symbolai.mcp.api.InputRequest;
import symbolai.mcp.server.jsonrpc.JsonRpcError;
import symbolai.mcp.server.jsonrpc.JsonRpcException;
import symbolai.mcp.server.jsonrpc.JsonRpcMessage;
import symbolai.mcp.server.tools.CapabilityMissing;
import symbolai.mcp.server.tools.Catalogs;
import symbolai.mcp.server.tools.Questions;
import symbolai.mcp.server.tools.ScopeMissing;
import symbolai.mcp.server.tools.ToolInvoker;

/** The methods that every era has, answered in the shape of the client's version. */
public final class McpMethods {

    /** One method. */
    @FunctionalInterface
    private interface Method {
        Future<McpResult> handle(MethodCall call);
    }

    private final Map<String, Method> methods = new HashMap<>();
    private final ToolInvoker invoker;
    private final Failures failures;
    private final Results results;

    public McpMethods(Catalogs catalogs, ToolInvoker invoker, ServerProfile server) {
        this.invoker = invoker;
        this.results = new Results(server);
        this.failures = new Failures(server);
        var json = new McpJson();
        var tools = new ToolMethods(catalogs, invoker, json, new TaskJson(json, new Questions()), results);
        var resources = new ResourceMethods(catalogs, invoker, json, results);
        var prompts = new PromptMethods(catalogs, invoker, json, results);
        methods.put("tools/list", tools::list);
        methods.put("tools/call", tools::call);
        methods.put("resources/list", resources::list);
        methods.put("resources/templates/list", resources::listTemplates);
        methods.put("resources/read", resources::read);
        methods.put("prompts/list", prompts::list);
        methods.put("prompts/get", prompts::get);
        methods.put("completion/complete", new CompletionMethod(invoker, results)::complete);
        methods.put("ping", this::ping);
    }

    /** Whether the version has the method, among those that every era has. */
    public boolean has(String method, ProtocolVersion version) {
        return methods.containsKey(method) && !(method.equals("ping") && version.isStateless());
    }

    /** Whether the caller may be told that the resource changed. */
    public boolean hears(Caller caller, String uri) {
        return invoker.hears(caller, uri);
    }

    /** A first call; see {@link #handle(JsonRpcMessage.Request, ClientProfile, Caller, Exchange, Retry)}. */
    public Future<McpResult> handle(
            JsonRpcMessage.Request request, ClientProfile client, Caller caller, Exchange exchange) {
        return handle(request, client, caller, exchange, Retry.none());
    }

    /** Carries out a request. Every failure is a {@link JsonRpcException} without an id. */
    public Future<McpResult> handle(
            JsonRpcMessage.Request request, ClientProfile client, Caller caller, Exchange exchange, Retry retry) {
        var call = new MethodCall(new Params(request.params()), client, caller, exchange, retry);
        return Future.succeededFuture(request.method())
                .compose(method -> method(method, client).handle(call))
                .map(result -> checked(result, client))
                .onFailure(failure -> tell(failure, exchange))
                .recover(failure -> Future.failedFuture(failures.answer(failure, client.version())));
    }

    private static void tell(Throwable failure, Exchange exchange) {
        if (failure instanceof ScopeMissing missing) {
            exchange.lacks(missing.scopes());
        }
    }

    private Method method(String name, ClientProfile client) {
        return Optional.ofNullable(methods.get(name))
                .filter(method -> has(name, client.version()))
                .orElseThrow(() -> new JsonRpcException(JsonRpcError.METHOD_NOT_FOUND, "there is no method " + name));
    }

    private Future<McpResult> ping(MethodCall call) {
        return Future.succeededFuture(
                results.complete(new JsonObject(), call.client().version()));
    }

    private static McpResult checked(McpResult result, ClientProfile client) {
        if (result instanceof McpResult.InputNeeded needed) {
            var missing = EnumSet.noneOf(ClientCapability.class);
            needed.questions().requests().values().stream()
                    .map(InputRequest::needs)
                    .forEach(missing::add);
            missing.removeAll(client.capabilities());
            if (!missing.isEmpty()) {
                throw new CapabilityMissing(missing);
            }
        }
        return result;
    }
}
