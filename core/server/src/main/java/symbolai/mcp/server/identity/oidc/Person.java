package symbolai.mcp.server.identity.oidc;

import com.nimbusds.jwt.JWTClaimsSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import symbolai.mcp.server.crypto.Sha256;

/**
 * Somebody as the provider knows it.
 *
 * @param issuer the provider
 * @param subject its name for the person, which never changes
 * @param claims what else it says
 */
record Person(String issuer, String subject, JWTClaimsSet claims) {

    private static final Pattern USER_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,50}");
    private static final int LONGEST_SUBJECT = 255;

    static Person of(JWTClaimsSet claims) {
        return new Person(claims.getIssuer(), claims.getSubject(), claims);
    }

    /** OpenID Connect allows no other. */
    boolean hasValidSubject() {
        return !subject.isBlank() && subject.length() <= LONGEST_SUBJECT;
    }

    /**
     * The names that a new user gets, the first that nobody has. Rules and approvers may name users, so that no name is one that the person chose.
     *
     * @param trusted whether nobody chooses a name at the provider
     */
    List<String> names(boolean trusted) {
        var name = text("preferred_username")
                .or(() -> text("email").filter(address -> isVerified()))
                .orElse("user");
        var marked = name + "-" + digest(3);
        return List.of(trusted ? name : marked, trusted ? marked : name + "-" + digest(6));
    }

    private Optional<String> text(String claim) {
        return Optional.ofNullable(claims.getClaim(claim)).map(String::valueOf).filter(USER_NAME.asMatchPredicate());
    }

    /** Some providers say it as a text. */
    private boolean isVerified() {
        return "true".equals(String.valueOf(claims.getClaim("email_verified")));
    }

    private String digest(int bytes) {
        return Sha256.hex(issuer + " " + subject).substring(0, 2 * bytes);
    }
}
