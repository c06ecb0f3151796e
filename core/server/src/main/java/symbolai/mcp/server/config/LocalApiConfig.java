package symbolai.mcp.server.config;

import java.util.Optional;
import symbolai.mcp.api.Secret;

/**
 * Cloudflare's API in front of the embedded account.
 *
 * @param port the port on the loopback address; 0 takes a free one, and without a port there is no such listener
 * @param token what callers show; there is one when there is a port
 */
public record LocalApiConfig(Optional<Integer> port, Optional<Secret> token) {

    /** No listener. */
    public static final LocalApiConfig OFF = new LocalApiConfig(Optional.empty(), Optional.empty());
}
