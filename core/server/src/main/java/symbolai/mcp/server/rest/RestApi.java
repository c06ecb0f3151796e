package symbolai.mcp.server.rest;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.RestBinding;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.api.ToolResult;
import symbolai.mcp.server.tools.CallStates;
import symbolai.mcp.server.tools.Catalogs;
import symbolai.mcp.server.tools.Shown;
import symbolai.mcp.server.tools.ToolInvoker;

/** Answers what is below {@code /api/mcp/} and is not MCP: the server's own routes, and the tools that are bound at the moment. */
public final class RestApi {

    private final Catalogs catalogs;
    private final List<OwnRoute> routes;
    private final RestFailures failures;
    private final RestCalls calls;
    private final Documents documents;
    private final RestBody body = new RestBody();
    private volatile RestIndex index;

    /**
     * @param plain how a result without structured content is written
     */
    public RestApi(
            Catalogs catalogs,
            ToolInvoker invoker,
            CallStates states,
            List<OwnRoute> routes,
            RestProfile profile,
            Clock clock,
            Function<ToolResult, JsonObject> plain) {
        this.catalogs = catalogs;
        this.routes = List.copyOf(routes);
        this.failures = new RestFailures(profile.development(), clock);
        this.calls = new RestCalls(invoker, states, failures, plain, profile.patience());
        this.index = new RestIndex(catalogs.current());
        this.documents = new Documents(invoker, new OpenApi(profile.version(), this.routes), this.routes, index);
    }

    /**
     * The OpenAPI document of what the caller may call.
     *
     * @param prefix the path that a proxy cut off; empty for none
     */
    public JsonObject document(Caller caller, String prefix) {
        return documents.json(current(), caller, prefix);
    }

    /** The same as an answer; an empty one when the client has it already. */
    public RestAnswer document(Caller caller, String prefix, Optional<String> known) {
        return documents.answer(current(), caller, prefix, known);
    }

    /** Every route that there is now, as a method and a path. */
    public List<String> routes() {
        var all = new ArrayList<String>();
        routes.forEach(route -> all.add(route.method() + " /api/mcp/" + route.path()));
        current()
                .tools()
                .forEach(tool -> all.add(
                        tool.binding().method() + " /api/mcp/" + tool.binding().path()));
        return all;
    }

    /** Who may use the server's own routes, which are named as in {@link #routes}. */
    public Map<String, RouteAccess> accesses() {
        return routes.stream()
                .collect(Collectors.toUnmodifiableMap(
                        route -> route.method() + " /api/mcp/" + route.path(), OwnRoute::access));
    }

    /** What a caller without credentials is answered; empty when such a caller is to show some. */
    public Optional<RestAnswer> forStrangers(String method, String path) {
        return own(method, path).flatMap(OwnRoute::forStrangers).map(RestAnswer::ok);
    }

    /** The answer to a failure. */
    public RestAnswer failed(Throwable failure) {
        return failures.answer(failure);
    }

    /** The JSON object in the body of a request that another room answers. */
    public Future<JsonObject> object(String contentType, Supplier<Future<Buffer>> bytes) {
        return Future.succeededFuture(contentType).compose(type -> body.read(type, bytes));
    }

    /** The answer to a known caller; the failures of reading the body are the future's. */
    public Future<RestAnswer> answer(RestRequest request) {
        return Future.succeededFuture(request)
                .compose(this::route)
                .recover(failure -> failure instanceof BodyUnread
                        ? Future.failedFuture(failure)
                        : Future.succeededFuture(failures.answer(failure)));
    }

    private Future<RestAnswer> route(RestRequest request) {
        var own = own(request.method(), request.path());
        if (own.isPresent()) {
            return own(own.get(), request);
        }
        var tools = current();
        return tools.find(request.method(), request.path())
                .map(tool -> calls.call(tool, request))
                .orElseThrow(() -> missing(tools, request));
    }

    private Future<RestAnswer> own(OwnRoute route, RestRequest request) {
        route.access().objection(request.caller()).ifPresent(reason -> {
            throw new ToolException(Reason.REFUSED, reason);
        });
        if (route.access().fresh() && !request.fresh()) {
            throw new RestProblem(
                    RestCode.STEP_UP_REQUIRED,
                    "this needs a sign-in that is a few minutes old at most: give the password again at POST auth/step-up");
        }
        var given =
                route.method() == RestBinding.Method.GET ? Future.succeededFuture(query(request)) : body.read(request);
        return given.compose(fields -> route.handler().handle(request.caller(), fields));
    }

    private static JsonObject query(RestRequest request) {
        var fields = new JsonObject();
        request.query().forEach((name, values) -> {
            if (values.size() > 1) {
                throw new ToolException(Reason.INVALID, "the parameter " + Shown.text(name) + " may be given once");
            }
            fields.put(name, values.get(0));
        });
        return fields;
    }

    private Optional<OwnRoute> own(String method, String path) {
        return routes.stream()
                .filter(route -> route.path().equals(path))
                .filter(route -> route.method().name().equals(method))
                .findFirst();
    }

    /** The catalog is swapped whole; whoever sees a new one first makes its index. */
    private RestIndex current() {
        var catalog = catalogs.current();
        var known = index;
        if (known.isOf(catalog)) {
            return known;
        }
        var fresh = new RestIndex(catalog);
        index = fresh;
        return fresh;
    }

    private RestProblem missing(RestIndex tools, RestRequest request) {
        var methods = new ArrayList<>(tools.methods(request.path()));
        routes.stream()
                .filter(route -> route.path().equals(request.path()))
                .forEach(route -> methods.add(route.method().name()));
        if (methods.isEmpty()) {
            return new RestProblem(
                    RestCode.NOT_FOUND,
                    "there is nothing at " + Shown.text(request.path()) + "; /openapi.json lists what there is");
        }
        var allowed = String.join(", ", methods);
        return new RestProblem(
                RestCode.METHOD_NOT_ALLOWED,
                "the path " + Shown.text(request.path()) + " takes " + allowed,
                Map.of("Allow", allowed + ", OPTIONS"));
    }
}
