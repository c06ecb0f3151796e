package symbolai.mcp.server.identity.oauth;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Pattern;
import symbolai.mcp.api.Secret;
import symbolai.mcp.server.crypto.Sha256;
import symbolai.mcp.server.identity.Base62;
import symbolai.mcp.server.identity.Checksum;

/**
 * A text of 256 random bits that means nothing but that its holder was given it: what kind it is, 43 characters, and a checksum of 6, which
 * tells a mistyped one from an unknown one without a look at the store.
 *
 * @param text the whole text
 */
public record OpaqueToken(Secret text) {

    private static final Pattern FORM = Pattern.compile("smcp[a-z]_[0-9A-Za-z]{49}");

    /** What it is for. */
    enum Kind {
        /** Calls tools. */
        ACCESS("smcpt_"),
        /** Gets new access tokens. */
        REFRESH("smcpr_"),
        /** Gets the first tokens. */
        CODE("smcpc_"),
        /** The same, for a device without a browser. */
        DEVICE("smcpd_"),
        /** Proves which client asks. */
        SECRET("smcps_");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    /** A new one. */
    static OpaqueToken random(Kind kind, SecureRandom random) {
        var body = kind.prefix + Base62.random(random, 256, 43);
        return new OpaqueToken(new Secret(Checksum.append(body)));
    }

    /** The token, if the text has the form of one of the kind and the checksum fits. */
    static Optional<OpaqueToken> parse(Kind kind, String text) {
        if (!text.startsWith(kind.prefix) || !FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        return Checksum.fits(text) ? Optional.of(new OpaqueToken(new Secret(text))) : Optional.empty();
    }

    /** What is stored in its place. A fast hash is enough for 256 random bits. */
    String hash() {
        return Sha256.hex(text);
    }

    /** Whether this is the one of a stored hash; takes as long whatever the answer is. */
    boolean matches(String hash) {
        return Sha256.matches(text, hash);
    }
}
