package symbolai.mcp.server.identity;

import io.vertx.core.Future;

/** Tells who shows an OAuth access token. */
@FunctionalInterface
public interface AccessTokenLookup {

    /** What every access token begins with. */
    String PREFIX = "smcpt_";

    /**
     * Looks a token up; fails when that cannot be done, and then nobody is let in.
     *
     * @param origin the name of this server that the request was sent to; the token must be meant for it
     * @param address where the request came from
     */
    Future<Authentication> authenticate(String token, String origin, String address);
}
