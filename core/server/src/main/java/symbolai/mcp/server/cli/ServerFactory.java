package symbolai.mcp.server.cli;

import io.vertx.core.Future;
import java.util.OptionalInt;
import symbolai.mcp.server.config.ServerConfig;

/** Starts servers. */
@FunctionalInterface
public interface ServerFactory {

    /**
     * Starts a server with its control socket; it is ready when the future succeeds. Fails with
     * {@link symbolai.mcp.server.store.DataFolder.FolderInUse} when another process has the data folder.
     *
     * @param tcp whether it listens on its port
     */
    Future<RunningServer> start(ServerConfig config, boolean tcp);

    /** A server that runs in this process. */
    interface RunningServer {

        /** The port that it listens on. */
        int port();

        /** The port of Cloudflare's API in front of the embedded account, when that is switched on. */
        OptionalInt localApiPort();

        /** Succeeds when nobody uses the control socket any more. */
        Future<Void> idle();

        /** Lets the calls under way end and closes everything. */
        Future<Void> close();
    }
}
