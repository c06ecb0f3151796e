package symbolai.mcp.server.http;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;

/**
 * A request as its client sent it, before proxies.
 *
 * @param address the client's address
 * @param scheme http or https
 * @param hosts the values of the Host header
 * @param prefix the path that a proxy cut off; empty for none
 */
public record Original(String address, String scheme, List<String> hosts, String prefix) {

    private static final String KEY = "symbolai.original";

    public Original {
        hosts = List.copyOf(hosts);
    }

    /** The one of a request that the gate has let in. */
    public static Original of(RoutingContext context) {
        return context.get(KEY);
    }

    void keep(RoutingContext context) {
        context.put(KEY, this);
    }

    /** The origin of pages at this address. */
    public String origin() {
        return (scheme + "://" + hosts.get(0)).toLowerCase(Locale.ROOT);
    }

    /** Whether nobody on the way could read along. */
    public boolean isEncrypted() {
        return scheme.equals("https");
    }

    /** Whether only this machine can be meant. */
    public boolean isOnLoopback() {
        return Authority.parse(hosts.get(0)).filter(Authority::isLoopback).isPresent();
    }
}
