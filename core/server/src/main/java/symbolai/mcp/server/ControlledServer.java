package symbolai.mcp.server;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.OptionalInt;
import symbolai.mcp.server.cli.ServerFactory.RunningServer;
import symbolai.mcp.server.config.ServerConfig;
import symbolai.mcp.server.http.control.ApprovalRoutes;
import symbolai.mcp.server.http.control.ConnectionRoutes;
import symbolai.mcp.server.http.control.ControlServer;
import symbolai.mcp.server.http.control.DocumentRoutes;
import symbolai.mcp.server.http.control.KeyRoutes;
import symbolai.mcp.server.http.control.LinkRoutes;
import symbolai.mcp.server.http.control.PluginRoutes;
import symbolai.mcp.server.http.control.RestRoutes;
import symbolai.mcp.server.http.control.StatusRoutes;
import symbolai.mcp.server.http.control.StdioRoutes;
import symbolai.mcp.server.http.control.UserRoutes;
import symbolai.mcp.server.http.control.VaultRoutes;
import symbolai.mcp.server.identity.FirstRun;
import symbolai.mcp.server.ops.Version;

/** A server that the command line can reach through its control socket. */
final class ControlledServer implements RunningServer {

    private final Server server;
    private final ControlServer control;

    private ControlledServer(Server server, ControlServer control) {
        this.server = server;
        this.control = control;
    }

    /** Starts both; ready when the future succeeds. */
    static Future<RunningServer> start(ServerConfig config, boolean tcp) {
        var vertx = Vertx.vertx();
        return start(vertx, new Server(vertx, config), config, tcp);
    }

    static Future<RunningServer> start(Vertx vertx, Server server, ServerConfig config, boolean tcp) {
        return server.start(tcp).compose(started -> control(vertx, server, config, tcp));
    }

    private static Future<RunningServer> control(Vertx vertx, Server server, ServerConfig config, boolean tcp) {
        var control = new ControlServer(
                vertx,
                config.dataFolder(),
                List.of(
                        new StatusRoutes(Version.current(), tcp ? config.http().url(server.port()) : ""),
                        new UserRoutes(server.users(), server.setupLinks()),
                        new LinkRoutes(server.providerUsers()),
                        new KeyRoutes(
                                server.apiKeys(), new FirstRun(server.users(), server.apiKeys(), server.setupLinks())),
                        new ApprovalRoutes(server.approvals()),
                        new VaultRoutes(server.keyRotation()),
                        server.auditRoutes(),
                        new PluginRoutes(() -> server.plugins().list()),
                        server.toolRoutes(),
                        new ConnectionRoutes(server.vault(), server.users()),
                        new DocumentRoutes(server.rest()),
                        new RestRoutes(server.rest()),
                        new StdioRoutes(server.stdio())));
        var running = Promise.<RunningServer>promise(); // Without a context, as the server's end with it.
        control.start()
                .onSuccess(opened -> running.complete(new ControlledServer(server, control)))
                .onFailure(failure -> server.close().onComplete(closed -> running.fail(failure)));
        return running.future();
    }

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public OptionalInt localApiPort() {
        return server.localApiPort();
    }

    @Override
    public Future<Void> idle() {
        return control.idle();
    }

    @Override
    public Future<Void> close() {
        var closed = Promise.<Void>promise();
        control.close().onComplete(deaf -> server.close().onComplete(closed));
        return closed.future();
    }
}
