package symbolai.mcp.plugins.r2;

import java.nio.charset.StandardCharsets;

/** Writes a text as one part of a URI: all but plain characters are percent-encoded, slashes too. */
final class PercentCode {

    private static final String PLAIN = "-._~";

    private PercentCode() {}

    static String of(String text) {
        var encoded = new StringBuilder(text.length());
        for (var signed : text.getBytes(StandardCharsets.UTF_8)) {
            var value = signed & 0xff;
            var plain = value < 0x80 && (Character.isLetterOrDigit(value) || PLAIN.indexOf(value) >= 0);
            encoded.append(plain ? String.valueOf((char) value) : "%%%02X".formatted(value));
        }
        return encoded.toString();
    }
}
