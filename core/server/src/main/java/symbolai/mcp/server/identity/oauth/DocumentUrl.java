package symbolai.mcp.server.identity.oauth;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/** The form that the URL of a client's document must have. */
final class DocumentUrl {

    private static final int LONGEST = 500;
    private static final Pattern FORM = Pattern.compile("https://[A-Za-z0-9.-]+(:[0-9]{1,5})?/[!$&-;=?-Z_a-z~%]+");
    private static final Pattern NAME =
            Pattern.compile("(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})\\.)+[A-Za-z][A-Za-z0-9-]{1,62}");
    private static final Pattern DOTS = Pattern.compile("(?i)(^|/|%2f)(\\.|%2e){1,2}(/|%2f|$)");

    private DocumentUrl() {}

    /** Whether a client id is meant to be one. */
    static boolean isMeant(String clientId) {
        return clientId.regionMatches(true, 0, "https:", 0, 6) || clientId.regionMatches(true, 0, "http:", 0, 5);
    }

    /** The URL; empty when nothing may be fetched from there. */
    static Optional<URI> parse(String text) {
        if (text.length() > LONGEST || !FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            var url = new URI(text);
            var good = url.getHost() != null
                    && NAME.matcher(url.getHost()).matches()
                    && url.getRawUserInfo() == null
                    && url.getRawFragment() == null
                    && url.getPort() != 0
                    && url.getPort() <= 65_535
                    && url.getRawPath().length() > 1
                    && !DOTS.matcher(url.getRawPath()).find();
            return good ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException malformed) {
            return Optional.empty();
        }
    }
}
