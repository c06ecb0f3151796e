package symbolai.mcp.server.rest.v4;

import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Lets in only what was sent to this machine by its name, and by no web page: the guard against DNS rebinding. */
final class LoopbackDoor {

    private static final Pattern HERE =
            Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:[0-9]{1,5})?", Pattern.CASE_INSENSITIVE);

    /** Why the request is refused; empty when it may come in. */
    Optional<V4Error> objection(MultiMap headers) {
        if (host(headers).isEmpty()) {
            return Optional.of(new V4Error(403, 9109, "this API is called localhost or 127.0.0.1, and nothing else"));
        }
        return headers.contains("Origin")
                ? Optional.of(new V4Error(403, 9109, "web pages may not call this API"))
                : Optional.empty();
    }

    /** The host and port that the caller used. */
    Optional<String> host(MultiMap headers) {
        List<String> hosts = headers.getAll("Host");
        return hosts.size() == 1 && HERE.matcher(hosts.get(0)).matches() ? Optional.of(hosts.get(0)) : Optional.empty();
    }
}
