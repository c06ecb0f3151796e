package symbolai.mcp.server.identity.oauth;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where users may be sent with a code. A client says so beforehand, and what it says later must be the same to the letter; only the port of a
 * program on the user's own machine may differ, because such a program listens on a port that happens to be free.
 */
public final class RedirectUris {

    private static final int LONGEST = 2_000;
    private static final Pattern FORM =
            Pattern.compile("[a-z][a-z0-9+.-]{1,49}:(?:[A-Za-z0-9._~:/?@!$&'()*+,;=\\[\\]-]|%[0-9A-Fa-f]{2})+");
    private static final Pattern LOOPBACK =
            Pattern.compile("http://(localhost|127\\.0\\.0\\.1|\\[::1])(:[1-9][0-9]{0,4})?((?:[/?].*)?)");
    private static final Pattern DOTS = Pattern.compile("(?i)(^|/|%2f|\\\\)(\\.|%2e){1,2}(/|%2f|\\?|$)");
    private static final Set<String> WEB = Set.of("http", "https");

    private final Set<String> schemes;

    /**
     * The rules of one server.
     *
     * @param schemes those of desktop programs that are allowed
     */
    public RedirectUris(List<String> schemes) {
        this.schemes = Set.copyOf(schemes);
    }

    /** Why users may not be sent there; empty when they may. */
    Optional<String> problem(String uri) {
        if (uri.length() > LONGEST) {
            return Optional.of("it is longer than " + LONGEST + " characters");
        }
        if (!FORM.matcher(uri).matches()) {
            return Optional.of(
                    "it is not an absolute URI of allowed characters, with a scheme in lower case and without a fragment");
        }
        return parsed(uri).map(this::problem).orElseGet(() -> Optional.of("it is not a well-formed URI"));
    }

    /** Whether what a client asks for is what it has registered. */
    static boolean matches(String registered, String asked) {
        if (registered.equals(asked)) {
            return true;
        }
        var one = LOOPBACK.matcher(registered);
        var other = LOOPBACK.matcher(asked);
        return one.matches()
                && other.matches()
                && one.group(1).equals(other.group(1))
                && one.group(3).equals(other.group(3))
                && isPort(other.group(2) == null ? ":80" : other.group(2));
    }

    /** Who gets the code, for people: a host, or the scheme of a program. */
    static String host(String uri) {
        var parsed = parsed(uri).orElseThrow(() -> new IllegalArgumentException("not a checked redirect"));
        var host = parsed.getHost();
        return WEB.contains(parsed.getScheme()) && host != null ? host : parsed.getScheme() + ":";
    }

    /** Whether only programs on the user's own machine get the code, so that nobody else vouches for them. */
    static boolean isLocal(String uri) {
        return !uri.startsWith("https://");
    }

    private Optional<String> problem(URI uri) {
        var scheme = uri.getScheme();
        if (!WEB.contains(scheme)) {
            return schemes.contains(scheme.toLowerCase(Locale.ROOT))
                    ? Optional.empty()
                    : Optional.of("the scheme " + scheme
                            + " is not allowed here; oauth.allowedRedirects lists those that are");
        }
        if (uri.getHost() == null || uri.getRawUserInfo() != null) {
            return Optional.of("it must have a host, and no user");
        }
        if (scheme.equals("http") && !LOOPBACK.matcher(uri.toString()).matches()) {
            return Optional.of("http is for localhost, 127.0.0.1 and [::1] only; use https");
        }
        if (uri.getPort() == 0 || uri.getPort() > 65_535) {
            return Optional.of("its port is not one");
        }
        return DOTS.matcher(String.valueOf(uri.getRawPath())).find()
                ? Optional.of("its path must not have the segments . and ..")
                : Optional.empty();
    }

    private static boolean isPort(String text) {
        return Integer.parseInt(text.substring(1)) <= 65_535;
    }

    private static Optional<URI> parsed(String uri) {
        try {
            return Optional.of(new URI(uri));
        } catch (URISyntaxException malformed) {
            return Optional.empty();
        }
    }
}
