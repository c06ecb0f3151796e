package symbolai.mcp.server.rest.v4;

import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.Set;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Cancellation;
import symbolai.mcp.api.Credential;
import symbolai.mcp.api.Role;
import symbolai.mcp.server.connections.Connections;
import symbolai.mcp.server.tools.OperationInvoker;
import symbolai.mcp.server.tools.Requester;

/** Gives each request the embedded account, on behalf of the one caller that this API knows. */
final class V4Callers {

    private static final String NAME = "local-api";

    private final Connections connections;
    private final OperationInvoker invoker;

    V4Callers(Connections connections, OperationInvoker invoker) {
        this.connections = connections;
        this.invoker = invoker;
    }

    LocalAccount account(HttpServerRequest request, Cancellation leaving) {
        var address = request.remoteAddress().hostAddress();
        var caller = new Caller(NAME, NAME, Role.ADMIN, Credential.LOCAL, address);
        var client = Optional.ofNullable(request.getHeader("User-Agent")).orElse("");
        var requester = new Requester(
                caller, client, NAME, Set.of(), (done, total, message) -> {}, (level, message) -> {}, leaving);
        return new LocalAccount(invoker, connections.ofConnector("local", caller), requester);
    }
}
