package symbolai.mcp.server.crypto;

import java.util.Base64;
import java.util.Optional;

/** Base64url without padding, where every value has exactly one text. */
final class Base64Url {

    private Base64Url() {}

    static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The bytes; empty for a text that {@link #encode} would not have made. */
    static Optional<byte[]> decode(String text) {
        try {
            var bytes = Base64.getUrlDecoder().decode(text);
            return encode(bytes).equals(text) ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
