package symbolai.mcp.server.rest;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;
import symbolai.mcp.api.ToolResult;
import symbolai.mcp.server.crypto.Sealer;
import symbolai.mcp.server.tools.CallStates;
import symbolai.mcp.server.tools.Catalogs;
import symbolai.mcp.server.tools.Shown;
import symbolai.mcp.server.tools.ToolInvoker;

/** Answers what is below {@code /api/mcp/} and is not MCP: the bindings of the tools that are there at the moment. */
public final class RestApi {

    private final Catalogs catalogs;
    private final RestFailures failures;
    private final RestCalls calls;
    private volatile RestIndex index;

    /**
     * @param plain how a result without structured content is written
     */
    public RestApi(
            Catalogs catalogs,
            ToolInvoker invoker,
            Sealer sealer,
            RestProfile profile,
            Clock clock,
            Function<ToolResult, JsonObject> plain) {
        this.catalogs = catalogs;
        this.failures = new RestFailures(profile.development(), clock);
        this.calls = new RestCalls(invoker, new CallStates(sealer, clock), failures, plain, profile.patience());
        this.index = new RestIndex(catalogs.current());
    }

    /** The answer; fails only when the body cannot be read. */
    public Future<RestAnswer> answer(RestRequest request) {
        try {
            return route(request);
        } catch (RestProblem problem) {
            return Future.succeededFuture(failures.answer(problem));
        }
    }

    private Future<RestAnswer> route(RestRequest request) {
        var tools = current();
        return tools.find(request.method(), request.path())
                .map(tool -> calls.call(tool, request))
                .orElseThrow(() -> missing(tools, request));
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

    private static RestProblem missing(RestIndex tools, RestRequest request) {
        var methods = tools.methods(request.path());
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
