package symbolai.mcp.server.identity;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** The last 6 characters of keys and tokens, which tell a mistyped one from an unknown one without a look at the store. */
public final class Checksum {

    private static final int LENGTH = 6;

    private Checksum() {}

    /** The text with its checksum. */
    public static String append(String body) {
        return body + of(body);
    }

    /** Whether the text ends with the checksum of what comes before. */
    public static boolean fits(String text) {
        return text.length() > LENGTH && text.endsWith(of(text.substring(0, text.length() - LENGTH)));
    }

    private static String of(String body) {
        var crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        return Base62.encode(BigInteger.valueOf(crc.getValue()), LENGTH);
    }
}
