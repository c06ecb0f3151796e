package symbolai.mcp.server.identity.oauth;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.time.Duration;

/** Where the documents of clients come from. */
@FunctionalInterface
interface DocumentSource {

    /** Gets the document; fails with {@link Unfetched}. */
    Future<Fetched> fetch(URI url);

    /**
     * A document.
     *
     * @param fresh how long it may be kept
     */
    record Fetched(Buffer body, Duration fresh) {}

    /** A document that was not got, with a reason in words for the client's developer. */
    final class Unfetched extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final boolean passing;

        /**
         * A reason.
         *
         * @param passing whether it may be gone the next time
         */
        Unfetched(String message, boolean passing) {
            super(message, null, false, false);
            this.passing = passing;
        }

        boolean isPassing() {
            return passing;
        }
    }
}
