package symbolai.mcp.server.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import symbolai.mcp.api.Secret;

/** The forms that values have. */
final class Forms {

    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
    private static final Pattern HOST = Pattern.compile("[0-9A-Za-z.:_-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}]");
    private static final Pattern ORIGIN = Pattern.compile("[a-z][a-z0-9+.-]*://[^/?#@*\\s]+");

    private static final Pattern RATE = Pattern.compile("([A-Za-z0-9_.*?-]{1,100})=([1-9]\\d{0,5})");
    /** What is pasted into configurations and command lines of clients holds no quote and nothing that a shell obeys. */
    private static final Pattern URL_PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)*/?");

    private static final Pattern TOKEN = Pattern.compile("[!-~]{10,500}");
    private static final Pattern CLIENT_SECRET = Pattern.compile("[ -~]{8,1000}");
    private static final Pattern WORDS = Pattern.compile("[\\p{L}\\p{N}\\p{P}\\p{S}][\\p{L}\\p{N}\\p{P}\\p{S} ]*");

    private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]{1,49}");
    private static final Set<String> BROWSER_SCHEMES = Set.of(
            "http",
            "https",
            "javascript",
            "data",
            "file",
            "filesystem",
            "blob",
            "vbscript",
            "about",
            "ftp",
            "ws",
            "wss",
            "view-source",
            "mailto",
            "tel",
            "chrome",
            "resource",
            "jar",
            "intent");

    private Forms() {}

    static Form<Integer> number(int least, int most) {
        return new Form<>(
                "a whole number from " + least + " to " + most,
                text -> Optional.of(text)
                        .filter(NUMBER.asMatchPredicate())
                        .map(Integer::valueOf)
                        .filter(number -> number >= least && number <= most));
    }

    static Form<Boolean> bool() {
        return choice(Map.of("true", true, "false", false));
    }

    static <T> Form<T> choice(Map<String, T> choices) {
        return new Form<>(
                String.join(" or ", new TreeMap<>(choices).descendingKeySet()),
                text -> Optional.ofNullable(choices.get(text)));
    }

    /** Both ends are given as they would be written. */
    static Form<Duration> duration(String least, String most) {
        return new Form<>(
                "a duration from " + least + " to " + most + ", such as 500ms, 30s or 2m",
                text -> duration(text)
                        .filter(duration -> duration.compareTo(duration(least).orElse(Duration.ZERO)) >= 0)
                        .filter(duration -> duration.compareTo(duration(most).orElse(Duration.ZERO)) <= 0));
    }

    /** What is shown as a bearer token. */
    static Form<Secret> token() {
        return new Form<>(
                "a token of 10 to 500 visible ASCII characters",
                text -> Optional.of(text).filter(TOKEN.asMatchPredicate()).map(Secret::new));
    }

    /** What an OpenID provider gave to this server. */
    static Form<Secret> clientSecret() {
        return new Form<>(
                "a client secret of 8 to 1000 ASCII characters",
                text -> Optional.of(text)
                        .filter(CLIENT_SECRET.asMatchPredicate())
                        .map(Secret::new));
    }

    /** The scheme of a desktop program's URLs; none that a browser itself gives a meaning. */
    static Form<String> scheme() {
        return new Form<>(
                "the URL scheme of a desktop program, such as cursor, in lower case and without a colon",
                text -> Optional.of(text)
                        .filter(SCHEME.asMatchPredicate())
                        .filter(scheme -> !BROWSER_SCHEMES.contains(scheme)));
    }

    /** A text of one line. */
    static Form<String> words(int most) {
        return new Form<>(
                "a text of 1 to " + most + " letters, digits, signs and spaces",
                text -> Optional.of(text).filter(WORDS.asMatchPredicate()).filter(words -> words.length() <= most));
    }

    /** A URL that is compared as it is written. */
    static Form<String> issuer() {
        return new Form<>(
                "an issuer such as https://login.example.com/realms/staff, of https (of http on a loopback address only), without user, query and fragment",
                text -> url(text).filter(Forms::isSafe).map(url -> text));
    }

    static Form<Path> path() {
        return new Form<>("a path", Forms::path);
    }

    static Form<String> host() {
        return new Form<>(
                "a host name or an IP address",
                text -> Optional.of(text).filter(HOST.asMatchPredicate()).map(Forms::withoutBrackets));
    }

    static Form<String> origin() {
        return new Form<>(
                "an origin such as https://app.example.com, without a path and without *",
                text -> Optional.of(text).filter(ORIGIN.asMatchPredicate()));
    }

    static Form<URI> publicUrl() {
        return new Form<>(
                "a URL such as https://mcp.example.com, of http or https, with a host and without user, query and fragment",
                text -> url(text.endsWith("/") ? text.substring(0, text.length() - 1) : text));
    }

    static Form<String> network() {
        return new Form<>(
                "an IP address or a CIDR range such as 10.0.0.0/8",
                text -> Optional.of(text).filter(Network::isValid));
    }

    /** Calls a minute of the tools of a glob. */
    static Form<Map.Entry<String, Integer>> rate() {
        return new Form<>(
                "a glob of tool names and a number of calls a minute, such as d1_*=30",
                text -> Optional.of(RATE.matcher(text))
                        .filter(Matcher::matches)
                        .map(rate -> Map.entry(rate.group(1), Integer.valueOf(rate.group(2)))));
    }

    private static Optional<Duration> duration(String text) {
        var form = DURATION.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        var count = Long.parseLong(form.group(1));
        return Optional.of(
                switch (form.group(2)) {
                    case "ms" -> Duration.ofMillis(count);
                    case "s" -> Duration.ofSeconds(count);
                    case "m" -> Duration.ofMinutes(count);
                    default -> Duration.ofHours(count);
                });
    }

    private static Optional<Path> path(String text) {
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static boolean isSafe(URI url) {
        return url.getScheme().equals("https") || Network.isLoopback(withoutBrackets(url.getHost()));
    }

    private static Optional<URI> url(String text) {
        try {
            var url = new URI(text);
            var good = ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                    && url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null
                    && URL_PATH.matcher(url.getRawPath()).matches()
                    && url.getPort() <= 65_535;
            return good ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
