package symbolai.mcp.server.http;

import io.vertx.core.MultiMap;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import symbolai.mcp.server.config.AddressRange;

/** Finds out what a request was before proxies passed it on; believes only those that are listed. */
final class Forwarding {

    private final List<AddressRange> proxies;

    Forwarding(List<String> trustedProxies) {
        this.proxies = trustedProxies.stream()
                .map(AddressRange::parse)
                .flatMap(Optional::stream)
                .toList();
    }

    /** What the request was, of which a peer says that it went to these hosts. */
    Original original(String peer, String scheme, List<String> hosts, MultiMap headers) {
        if (!isTrusted(peer)) {
            return new Original(peer, scheme, hosts, "");
        }
        return new Original(
                client(peer, headers),
                last(headers, "X-Forwarded-Proto").filter(Forwarding::isScheme).orElse(scheme),
                last(headers, "X-Forwarded-Host").map(List::of).orElse(hosts),
                last(headers, "X-Forwarded-Prefix").filter(Forwarding::isPath).orElse(""));
    }

    /** The nearest address that is not a trusted proxy's: what stands before it may be invented. */
    private String client(String peer, MultiMap headers) {
        var hops = headers.getAll("X-Forwarded-For").stream()
                .flatMap(line -> Arrays.stream(line.split(",")))
                .map(String::strip)
                .toList();
        var client = peer;
        for (int i = hops.size() - 1; i >= 0 && isTrusted(client); i--) {
            if (AddressRange.parse(hops.get(i)).isEmpty()) {
                return client;
            }
            client = hops.get(i);
        }
        return client;
    }

    /** Whether the address is that of a proxy which is believed. */
    boolean isTrusted(String address) {
        return proxies.stream().anyMatch(range -> range.contains(address));
    }

    private static Optional<String> last(MultiMap headers, String name) {
        var values = headers.getAll(name);
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of(values.get(values.size() - 1).strip());
    }

    private static boolean isScheme(String text) {
        return text.equals("http") || text.equals("https");
    }

    private static boolean isPath(String text) {
        return text.matches("(/[A-Za-z0-9._~-]+){1,10}") && !text.contains("..");
    }
}
