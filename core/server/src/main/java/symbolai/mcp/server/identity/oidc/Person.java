package symbolai.mcp.server.identity.oidc;

import com.nimbusds.jwt.JWTClaimsSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import symbolai.mcp.server.crypto.Sha256;

/**
 * Somebody as the provider knows it.
 *
 * @param issuer the provider
 * @param subject its name for the person, which never changes
 * @param claims what else it says
 */
record Person(String issuer, String subject, JWTClaimsSet claims) {

    private static final Pattern USER_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,56}");
    private static final int LONGEST_SUBJECT = 255;

    static Person of(JWTClaimsSet claims) {
        return new Person(claims.getIssuer(), claims.getSubject(), claims);
    }

    /** OpenID Connect allows no other. */
    boolean hasValidSubject() {
        return !subject.isBlank() && subject.length() <= LONGEST_SUBJECT;
    }

    /** The names that a new user gets, the first that nobody has: names are for people, and prove nothing. */
    List<String> names() {
        var name = Stream.of("preferred_username", "email")
                .flatMap(claim -> Optional.ofNullable(claims.getClaim(claim)).stream())
                .map(String::valueOf)
                .filter(USER_NAME.asMatchPredicate())
                .findFirst()
                .orElse("user");
        return List.of(name, name + "-" + digest());
    }

    private String digest() {
        return Sha256.hex(issuer + " " + subject).substring(0, 6);
    }
}
