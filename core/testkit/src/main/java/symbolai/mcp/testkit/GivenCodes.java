package symbolai.mcp.testkit;

import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The codes that a provider gave to browsers, each good once for the client that asked for it. */
final class GivenCodes {

    private final Map<String, Map<String, List<String>>> codes = new ConcurrentHashMap<>();
    private final String credentials;

    GivenCodes(String client, String secret) {
        this.credentials = "Basic "
                + Base64.getEncoder()
                        .encodeToString((client + ":" + secret.replace(' ', '+')).getBytes(StandardCharsets.UTF_8));
    }

    String give(Map<String, List<String>> asked) {
        var code = UUID.randomUUID().toString();
        codes.put(code, asked);
        return code;
    }

    /** What was asked for when the code was given; empty when the one who shows it is not who asked. */
    Optional<Map<String, List<String>>> take(Map<String, List<String>> given, String authorization) {
        return Optional.ofNullable(codes.remove(one(given, "code")))
                .filter(asked -> credentials.equals(authorization) && fits(asked, given));
    }

    private static boolean fits(Map<String, List<String>> asked, Map<String, List<String>> given) {
        var challenge = CodeChallenge.compute(CodeChallengeMethod.S256, new CodeVerifier(one(given, "code_verifier")));
        return challenge.getValue().equals(one(asked, "code_challenge"))
                && one(asked, "redirect_uri").equals(one(given, "redirect_uri"))
                && one(given, "grant_type").equals("authorization_code");
    }

    static String one(Map<String, List<String>> parameters, String name) {
        return String.join(",", parameters.getOrDefault(name, List.of("")));
    }
}
