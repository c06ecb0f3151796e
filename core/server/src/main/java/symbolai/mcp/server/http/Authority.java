package symbolai.mcp.server.http;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A host with a port, as the {@code Host} header and origins have it.
 *
 * @param host in lower case; an IPv6 address in brackets
 * @param port the port, where one is given
 */
record Authority(String host, OptionalInt port) {

    private static final Pattern SYNTAX = Pattern.compile(
            "(?<host>\\[[0-9a-f:.]{2,45}]|[a-z0-9]([a-z0-9._-]{0,252}[a-z0-9])?)(:(?<port>[0-9]{1,5}))?");
    private static final Pattern IP = Pattern.compile("\\[[0-9a-f:.]+]|[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** Reads one; empty when it is not well formed. */
    static Optional<Authority> parse(String text) {
        var matcher = SYNTAX.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var port = matcher.group("port");
        return Optional.of(new Authority(
                matcher.group("host"), port == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(port))));
    }

    /** Whether only this machine can be meant. */
    boolean isLoopback() {
        return LOOPBACK.contains(host);
    }

    /** Whether it is an address, which no name server can turn into another. */
    boolean isAddress() {
        return IP.matcher(host).matches();
    }
}
