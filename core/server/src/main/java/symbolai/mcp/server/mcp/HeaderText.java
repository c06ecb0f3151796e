package symbolai.mcp.server.mcp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Decodes header values that may be wrapped in {@code =?base64?…?=}. */
final class HeaderText {

    private static final String PREFIX = "=?base64?";
    private static final String SUFFIX = "?=";

    /** The value itself, or what it encodes; empty when it is not well formed. */
    Optional<String> decode(String value) {
        if (!value.chars().allMatch(c -> c == '\t' || (c >= 0x20 && c <= 0x7e))) {
            return Optional.empty();
        }
        boolean isWrapped = value.length() >= PREFIX.length() + SUFFIX.length()
                && value.startsWith(PREFIX)
                && value.endsWith(SUFFIX);
        return isWrapped
                ? unwrap(value.substring(PREFIX.length(), value.length() - SUFFIX.length()))
                : Optional.of(value);
    }

    private static Optional<String> unwrap(String encoded) {
        try {
            byte[] bytes = Base64.getDecoder().decode(encoded);
            boolean isCanonical = Base64.getEncoder().encodeToString(bytes).equals(encoded);
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return isCanonical ? Optional.of(text) : Optional.empty();
        } catch (IllegalArgumentException | CharacterCodingException malformed) {
            return Optional.empty();
        }
    }
}
