package symbolai.mcp.server.identity;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Pattern;
import symbolai.mcp.api.Secret;
import symbolai.mcp.server.crypto.Sha256;

/**
 * One API key: {@code smcp_}, an id of 12 characters, {@code _}, a secret of 43 and a checksum of 6. The checksum tells a mistyped key from
 * an unknown one without a look at the store, and lets scanners find keys that leaked.
 *
 * @param id names the key; not secret
 * @param text the whole key
 */
record ApiKey(String id, Secret text) {

    private static final Pattern FORM = Pattern.compile("smcp_([0-9A-Za-z]{12})_[0-9A-Za-z]{43}[0-9A-Za-z]{6}");

    /** A new key with a secret of 256 random bits. */
    static ApiKey random(SecureRandom random) {
        var id = Base62.random(random, 71, 12);
        var body = "smcp_" + id + "_" + Base62.random(random, 256, 43);
        return new ApiKey(id, new Secret(Checksum.append(body)));
    }

    /** The key, if the text has the form of one and the checksum fits. */
    static Optional<ApiKey> parse(String text) {
        var form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        return Checksum.fits(text) ? Optional.of(new ApiKey(form.group(1), new Secret(text))) : Optional.empty();
    }

    /** What is stored in place of the key. A fast hash is enough for 256 random bits. */
    String hash() {
        return Sha256.hex(text);
    }

    /** Whether this is the key of a stored hash; takes as long whatever the answer is. */
    boolean matches(String hash) {
        return Sha256.matches(text, hash);
    }
}
