package symbolai.mcp.server.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import symbolai.mcp.server.crypto.Sha256;

/** Hashes the links of the chain, one after the other. Used by one thread at a time. */
final class LinkHash {
    private final MessageDigest digest = Sha256.digest();

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
