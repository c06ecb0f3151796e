package symbolai.mcp.server.identity.oauth;

import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ResponseType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the parameters with which a client sends a user: first to whom the user may be sent back, then the rest. */
final class AuthorizationReading {

    private static final int LONGEST_STATE = 2_048;
    private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final List<String> UNSERVED =
            List.of("request", "request_uri", "registration", "authorization_details");

    private final Map<String, List<String>> parameters;
    private final Site site;

    AuthorizationReading(Map<String, List<String>> parameters, Site site) {
        this.parameters = parameters;
        this.site = site;
    }

    String clientId() {
        return once("client_id").orElseThrow(() -> OAuthProblem.invalid("the parameter client_id is missing"));
    }

    /** Where the user may be sent back, which only the client's registration can say. */
    String redirect(OAuthClient client) {
        var redirect =
                once("redirect_uri").orElseThrow(() -> OAuthProblem.invalid("the parameter redirect_uri is missing"));
        if (!client.mayRedirectTo(redirect)) {
            throw OAuthProblem.invalid("the redirect_uri is not one that the client has registered");
        }
        return redirect;
    }

    String issuer() {
        return site.origin();
    }

    /** What the client wants back, in whatever case. */
    Optional<String> state() {
        var states = parameters.getOrDefault("state", List.of());
        return states.size() == 1
                ? Optional.of(states.get(0)).filter(state -> !state.isBlank() && state.length() <= LONGEST_STATE)
                : Optional.empty();
    }

    AuthorizationAsk ask(OAuthClient client, String redirect) {
        UNSERVED.stream().filter(parameters::containsKey).findFirst().ifPresent(name -> {
            throw OAuthProblem.of(OAuth2Error.REQUEST_NOT_SUPPORTED, "the parameter " + name + " is not served");
        });
        if (once("state").filter(state -> state.length() > LONGEST_STATE).isPresent()) {
            throw OAuthProblem.invalid("the state has more than " + LONGEST_STATE + " characters");
        }
        if (once("response_mode").filter(mode -> !mode.equals("query")).isPresent()) {
            throw OAuthProblem.invalid("the response_mode must be query");
        }
        var challenge = challenge();
        var request = parsed();
        return new AuthorizationAsk(
                client.id(),
                client.kind(),
                client.name(),
                redirect,
                state(),
                scopes(request),
                Target.of(request.getResources(), site).orElse(site.resource()),
                challenge,
                issuer());
    }

    private String challenge() {
        var challenge = once("code_challenge")
                .orElseThrow(() -> OAuthProblem.invalid("the parameter code_challenge is missing: PKCE is needed"));
        if (!once("code_challenge_method").filter("S256"::equals).isPresent()) {
            throw OAuthProblem.invalid("the code_challenge_method must be S256");
        }
        if (!CHALLENGE.matcher(challenge).matches()) {
            throw OAuthProblem.invalid("the code_challenge is not a SHA-256 in base64url");
        }
        return challenge;
    }

    private AuthorizationRequest parsed() {
        if (!once("response_type").filter("code"::equals).isPresent()) {
            throw OAuthProblem.of(OAuth2Error.UNSUPPORTED_RESPONSE_TYPE, "the response_type must be code");
        }
        var request = OAuthProblem.parsed(() -> AuthorizationRequest.parse(parameters));
        if (!ResponseType.CODE.equals(request.getResponseType())) {
            throw OAuthProblem.of(OAuth2Error.UNSUPPORTED_RESPONSE_TYPE, "the response_type must be code");
        }
        return request;
    }

    private static Scopes scopes(AuthorizationRequest request) {
        return Scopes.of(Optional.ofNullable(request.getScope())
                        .map(scope -> Set.copyOf(scope.toStringList()))
                        .orElse(Set.of()))
                .orReading();
    }

    private Optional<String> once(String name) {
        var values = parameters.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw OAuthProblem.invalid("the parameter " + name + " is there more than once");
        }
        return values.stream().findFirst().filter(value -> !value.isEmpty());
    }
}
