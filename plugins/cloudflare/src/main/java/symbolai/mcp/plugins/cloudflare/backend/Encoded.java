package symbolai.mcp.plugins.cloudflare.backend;

import java.nio.charset.StandardCharsets;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;

/** Writes texts into URLs so that no text can leave its place. */
public final class Encoded {

    private static final String PLAIN = "-_.~";

    private Encoded() {}

    /** One segment of a path. Fails with {@link Reason#INVALID} for those that a path cannot hold: {@code .}, {@code ..} and nothing. */
    public static String segment(String text) {
        if (text.isEmpty() || text.equals(".") || text.equals("..")) {
            throw new ToolException(
                    Reason.INVALID, "\"" + text + "\" cannot be used as a name: it has no place in an address");
        }
        return value(text);
    }

    /** A name or value of a query. */
    public static String value(String text) {
        var encoded = new StringBuilder(text.length());
        for (var octet : text.getBytes(StandardCharsets.UTF_8)) {
            var character = (char) (octet & 0xff);
            if (isPlain(character)) {
                encoded.append(character);
            } else {
                encoded.append('%').append(hex(octet >> 4)).append(hex(octet));
            }
        }
        return encoded.toString();
    }

    private static boolean isPlain(char character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || PLAIN.indexOf(character) >= 0;
    }

    private static char hex(int digit) {
        return "0123456789ABCDEF".charAt(digit & 0xf);
    }
}
