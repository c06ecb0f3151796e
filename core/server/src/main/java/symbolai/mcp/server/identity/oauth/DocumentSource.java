package symbolai.mcp.server.identity.oauth;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.time.Duration;

/** Where the documents of clients come from. */
@FunctionalInterface
interface DocumentSource {

    /** Gets the document; fails with a reason in words for the client's developer. */
    Future<Fetched> fetch(URI url);

    /**
     * A document.
     *
     * @param fresh how long it may be kept
     */
    record Fetched(Buffer body, Duration fresh) {}
}
