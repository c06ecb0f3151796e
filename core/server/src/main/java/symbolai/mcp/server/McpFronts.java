package symbolai.mcp.server;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import symbolai.mcp.server.config.HttpConfig;
import symbolai.mcp.server.crypto.MasterKey;
import symbolai.mcp.server.mcp.McpMethods;
import symbolai.mcp.server.mcp.ModernFront;
import symbolai.mcp.server.mcp.ServerProfile;
import symbolai.mcp.server.mcp.legacy.LegacyFront;
import symbolai.mcp.server.mcp.stdio.StdioFront;
import symbolai.mcp.server.store.Database;
import symbolai.mcp.server.store.SessionStore;
import symbolai.mcp.server.tools.Catalogs;
import symbolai.mcp.server.tools.Tasks;
import symbolai.mcp.server.tools.ToolInvoker;

/** What speaks the protocol: one front for each way in which its revisions differ. */
final class McpFronts {

    final ModernFront modern;
    final LegacyFront legacy;
    final StdioFront stdio;

    McpFronts(
            Vertx vertx,
            HttpConfig config,
            Catalogs catalogs,
            ToolInvoker invoker,
            Tasks tasks,
            ServerProfile profile,
            Database database,
            MasterKey key,
            Clock clock) {
        var methods = new McpMethods(catalogs, invoker, profile);
        modern = new ModernFront(methods, catalogs, tasks, key.sealer("request-state"), profile, clock);
        legacy = new LegacyFront(
                vertx,
                methods,
                profile,
                catalogs,
                new SessionStore(database),
                key.signer("session-id"),
                clock,
                config.legacySse());
        stdio = new StdioFront(vertx, modern, legacy);
    }

    /** Ends the streams. */
    Future<Void> close() {
        modern.close();
        return legacy.close();
    }
}
