package symbolai.mcp.server.mcp;

import io.vertx.core.buffer.Buffer;

/** Where one request since 2026-07-28 is answered. All methods may be called from any thread. */
public interface ModernChannel extends Exchange {

    /**
     * Sends the response; nothing follows it.
     *
     * @param status what HTTP says of it, where it is not too late to say so
     */
    void answer(int status, Buffer response);
}
