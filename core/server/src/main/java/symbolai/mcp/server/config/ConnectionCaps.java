package symbolai.mcp.server.config;

/**
 * How many connections the listener keeps open.
 *
 * @param inAll of everybody
 * @param perAddress of one address; this machine and trusted proxies, behind which are many, have no such cap
 */
public record ConnectionCaps(int inAll, int perAddress) {

    /** What holds when nothing is set. */
    public static final ConnectionCaps DEFAULT = new ConnectionCaps(10_000, 1_000);
}
