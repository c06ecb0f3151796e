package symbolai.mcp.server.http.control;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Serves the command line over a unix socket. Whoever can open the socket is the user the server runs as, and acts as admin: the folder
 * around it lets nobody else in.
 */
public final class ControlServer {

    private final Vertx vertx;
    private final ControlSocket socket;
    private final HttpServer server;
    private final Promise<Void> idle = Promise.promise();
    private int busy;
    private boolean leaving;
    private Optional<Path> place = Optional.empty();

    public ControlServer(Vertx vertx, Path dataFolder, List<ControlRoutes> routes) {
        this.vertx = vertx;
        this.socket = new ControlSocket(dataFolder);
        var router = Router.router(vertx);
        router.route().handler(this::count).failureHandler(new ControlFailures());
        List.of(404, 405).forEach(status -> router.errorHandler(status, new ControlFailures()));
        routes.forEach(route -> route.mount(router));
        this.server = vertx.createHttpServer().requestHandler(router);
    }

    /** Opens the socket. */
    public Future<Void> start() {
        return vertx.executeBlocking(socket::prepare)
                .onSuccess(prepared -> place = Optional.of(prepared))
                .compose(prepared -> server.listen(SocketAddress.domainSocketAddress(prepared.toString())))
                .mapEmpty();
    }

    /** Succeeds when no request is under way, from whichever process; a stdio client is one long request. */
    public Future<Void> idle() {
        count(0, true);
        return idle.future();
    }

    /** Closes the socket with what is under way. */
    public Future<Void> close() {
        return place.map(open -> server.close().eventually(() -> vertx.executeBlocking(this::remove)))
                .orElseGet(Future::succeededFuture);
    }

    private void count(RoutingContext context) {
        count(1, false);
        context.addEndHandler(ended -> count(-1, false));
        context.next();
    }

    private synchronized void count(int change, boolean leave) {
        busy += change;
        leaving = leaving || leave;
        if (leaving && busy == 0) {
            idle.tryComplete();
        }
    }

    private ControlSocket remove() throws IOException {
        socket.remove();
        return socket;
    }
}
