package symbolai.mcp.server.rest.v4;

import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import symbolai.mcp.api.Secret;

/** Knows the one token that callers show. */
final class Bearer {

    private static final String SCHEME = "bearer ";

    private final Secret token;

    Bearer(Secret token) {
        this.token = token;
    }

    /** Why the caller is refused, in the words of the service that was called; empty when the token is right. */
    Optional<V4Error> objection(MultiMap headers, String path) {
        var shown = headers.getAll("Authorization");
        if (shown.isEmpty()) {
            return Optional.of(new V4Error(400, 9106, "Missing X-Auth-Key, X-Auth-Email or Authorization headers"));
        }
        var header = shown.get(0);
        if (shown.size() > 1 || !header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return Optional.of(new V4Error(400, 6003, "Invalid request headers"));
        }
        return isRight(header.substring(SCHEME.length()).strip()) ? Optional.empty() : Optional.of(wrong(path));
    }

    /** Takes as long for a wrong token as for the right one. */
    private boolean isRight(String shown) {
        return MessageDigest.isEqual(
                shown.getBytes(StandardCharsets.UTF_8), token.reveal().getBytes(StandardCharsets.UTF_8));
    }

    private static V4Error wrong(String path) {
        if (path.endsWith("/tokens/verify")) {
            return new V4Error(401, 1000, "Invalid API Token");
        }
        return path.matches("/client/v4/accounts/[^/]+/.+")
                ? new V4Error(401, 10000, "Authentication error")
                : new V4Error(403, 9109, "Invalid access token");
    }
}
