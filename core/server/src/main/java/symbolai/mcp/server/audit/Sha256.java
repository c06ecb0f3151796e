package symbolai.mcp.server.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Hashes the links of the chain, one after the other. Used by one thread at a time. */
final class Sha256 {
    private final MessageDigest digest;

    Sha256() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /**
     * The hash of a record: of the 32 bytes of the former hash, and of the record as text.
     *
     * @param previous in hexadecimal
     * @param record without its own hash, in ASCII
     */
    String link(String previous, CharSequence record) {
        digest.update(HexFormat.of().parseHex(previous));
        return HexFormat.of().formatHex(digest.digest(record.toString().getBytes(StandardCharsets.ISO_8859_1)));
    }
}
