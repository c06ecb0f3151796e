package symbolai.mcp.plugins.cloudflare.backend;

import java.util.Optional;
import java.util.regex.Pattern;
import symbolai.mcp.api.Secret;

/** Makes what the other side says fit for an error message: short, without control characters, without a token. */
public final class Quotation {

    private static final int MAX_CHARACTERS = 300;
    private static final Pattern TOKEN = Pattern.compile("\\bcf(ut|at|oat|k)_[A-Za-z0-9_-]+");
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\u2028\\u2029]+");

    private Quotation() {}

    /** The text as it may be quoted. */
    public static String of(String text, Optional<Secret> token) {
        var head = text.length() > MAX_CHARACTERS * 8 ? text.substring(0, MAX_CHARACTERS * 8) : text;
        var seen = UNSEEN.matcher(head).replaceAll(" ");
        var plain = TOKEN.matcher(without(token, seen)).replaceAll("***").strip();
        return plain.length() > MAX_CHARACTERS ? plain.substring(0, MAX_CHARACTERS - 1) + "…" : plain;
    }

    private static String without(Optional<Secret> token, String text) {
        return token.map(secret -> text.replace(secret.reveal(), "***")).orElse(text);
    }
}
