package symbolai.mcp.server.identity;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import symbolai.mcp.api.Secret;

/**
 * One API key: {@code smcp_}, an id of 12 characters, {@code _}, a secret of 43 and a checksum of 6. The checksum tells a mistyped key from
 * an unknown one without a look at the store, and lets scanners find keys that leaked.
 *
 * @param id names the key; not secret
 * @param text the whole key
 */
record ApiKey(String id, Secret text) {

    private static final Pattern FORM = Pattern.compile("smcp_([0-9A-Za-z]{12})_[0-9A-Za-z]{43}[0-9A-Za-z]{6}");
    private static final int CHECKSUM = 6;

    /** A new key with a secret of 256 random bits. */
    static ApiKey random(SecureRandom random) {
        var id = Base62.random(random, 71, 12);
        var body = "smcp_" + id + "_" + Base62.random(random, 256, 43);
        return new ApiKey(id, new Secret(body + checksum(body)));
    }

    /** The key, if the text has the form of one and the checksum fits. */
    static Optional<ApiKey> parse(String text) {
        var form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        var body = text.substring(0, text.length() - CHECKSUM);
        return text.endsWith(checksum(body))
                ? Optional.of(new ApiKey(form.group(1), new Secret(text)))
                : Optional.empty();
    }

    /** What is stored in place of the key. A fast hash is enough for 256 random bits. */
    String hash() {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256").digest(text.reveal().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /** Whether this is the key of a stored hash; takes as long whatever the answer is. */
    boolean matches(String hash) {
        return MessageDigest.isEqual(
                hash().getBytes(StandardCharsets.US_ASCII), hash.getBytes(StandardCharsets.US_ASCII));
    }

    private static String checksum(String body) {
        var crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        return Base62.encode(BigInteger.valueOf(crc.getValue()), CHECKSUM);
    }
}
