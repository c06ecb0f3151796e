package symbolai.mcp.plugins.cloudflare.backend;

import io.vertx.core.Future;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Credentials;
import symbolai.mcp.api.Upstream;
import symbolai.mcp.api.Verified;

/** One of the ways to Cloudflare that a caller can choose from. */
public interface Backend {

    /** Tests the credentials, as {@link symbolai.mcp.api.Connector#verify} says. */
    Future<Verified> verify(Credentials credentials, Upstream upstream);

    /** Opens a connection, as {@link symbolai.mcp.api.Connector#open} says. */
    Connection open(Credentials credentials, Upstream upstream);
}
