package symbolai.mcp.server.http.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The way over a provider that tells who somebody is. */
final class ProviderWay {

    static final String PATH = "/sign-in/provider";

    private ProviderWay() {}

    /** Where it begins, to sign in. */
    static String toSignIn(String next) {
        return PATH + "?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
    }

    /** Where it begins, for somebody who is signed in and shows anew who it is. */
    static String again(String next) {
        return toSignIn(next) + "&again=yes";
    }
}
