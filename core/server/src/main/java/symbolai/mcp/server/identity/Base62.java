package symbolai.mcp.server.identity;

import java.math.BigInteger;
import java.security.SecureRandom;

/** Numbers as letters and digits of a fixed length. */
public final class Base62 {

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());

    private Base62() {}

    /** The number in so many characters. */
    public static String encode(BigInteger number, int length) {
        var text = new StringBuilder();
        for (var rest = number; text.length() < length; rest = rest.divide(BASE)) {
            text.append(DIGITS.charAt(rest.mod(BASE).intValue()));
        }
        return text.reverse().toString();
    }

    /** A number of so many random bits; the length must have room for them. */
    public static String random(SecureRandom random, int bits, int length) {
        return encode(new BigInteger(bits, random), length);
    }
}
