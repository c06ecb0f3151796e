package symbolai.mcp.plugins.local.store;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** Gives bytes piece by piece; asked for the next piece only when the one before has been given. */
public interface Chunks {

    /** The next piece; empty at the end. */
    Future<Optional<Buffer>> next();

    /** Frees what is held; called once, after the end, a failure, or when no more is wanted. */
    void close();
}
