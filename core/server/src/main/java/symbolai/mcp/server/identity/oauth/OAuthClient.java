package symbolai.mcp.server.identity.oauth;

import java.util.List;
import java.util.Locale;
import symbolai.mcp.server.store.ClientRow;

/**
 * A program that asks for tokens.
 *
 * @param name what it calls itself, which nobody has checked
 * @param secret the hash of its secret, or its public keys, or where these are; empty for a program that cannot keep a secret
 * @param method how it authenticates, as OAuth writes it
 * @param redirects where it may have its users sent
 * @param userId as whom it acts by itself; empty for one that users let act for them
 * @param scopes what it may ask for by itself
 */
public record OAuthClient(
        String id,
        Kind kind,
        String name,
        String secret,
        String method,
        List<String> redirects,
        String userId,
        Scopes scopes) {

    /** How the server came to know it. */
    public enum Kind {
        /** It has registered itself. */
        REGISTERED,
        /** Its id is the URL of a document that describes it. */
        DOCUMENT,
        /** An admin has made it, and it acts by itself. */
        CREDENTIALS;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Does not authenticate: it cannot keep a secret. */
    static final String PUBLIC = "none";

    /** Signs who it is with a key of its own. */
    static final String SIGNS = "private_key_jwt";

    public OAuthClient {
        redirects = List.copyOf(redirects);
    }

    static OAuthClient of(ClientRow row) {
        return new OAuthClient(
                row.id(),
                Kind.valueOf(row.kind().toUpperCase(Locale.ROOT)),
                row.name(),
                row.secret(),
                row.method(),
                row.redirects(),
                row.userId(),
                new Scopes(row.scopes()));
    }

    ClientRow row(long created, long used) {
        return new ClientRow(id, kind.text(), name, secret, method, redirects, userId, scopes.names(), created, used);
    }

    boolean isPublic() {
        return method.equals(PUBLIC);
    }

    boolean signs() {
        return method.equals(SIGNS);
    }

    boolean mayRedirectTo(String uri) {
        return redirects.stream().anyMatch(registered -> RedirectUris.matches(registered, uri));
    }
}
