package symbolai.mcp.plugins.kv;

import java.nio.charset.StandardCharsets;

/** Writes the URI of a value; a key may hold slashes and anything else, so all but plain characters are percent-encoded. */
final class KvUri {

    private static final String PLAIN = "-._~";

    private KvUri() {}

    static String of(String namespace, String key) {
        return "kv://" + encoded(namespace) + "/" + encoded(key);
    }

    private static String encoded(String text) {
        var encoded = new StringBuilder(text.length());
        for (var signed : text.getBytes(StandardCharsets.UTF_8)) {
            var value = signed & 0xff;
            var plain = value < 0x80 && (Character.isLetterOrDigit(value) || PLAIN.indexOf(value) >= 0);
            encoded.append(plain ? String.valueOf((char) value) : "%%%02X".formatted(value));
        }
        return encoded.toString();
    }
}
