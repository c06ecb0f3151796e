package symbolai.mcp.server.identity.oidc;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import symbolai.mcp.server.config.ProviderConfig;
import symbolai.mcp.server.identity.oidc.ProviderRefused.Kind;

/** What the provider gave to the browser that it sent back. */
final class ProviderAnswer {

    private static final URI ANYWHERE = URI.create("http://localhost/");

    private final ProviderConfig config;
    private final Map<String, List<String>> parameters;

    ProviderAnswer(ProviderConfig config, Map<String, List<String>> parameters) {
        this.config = config;
        this.parameters = parameters;
    }

    /** Empty when there is not exactly one. */
    String state() {
        return one("state").orElse("");
    }

    /** The code, when the answer is the provider's and not an error. */
    AuthorizationCode code(OIDCProviderMetadata metadata) {
        if (parameters.values().stream().anyMatch(values -> values.size() != 1)) {
            throw new ProviderRefused(Kind.INVALID, "the provider's answer says something twice");
        }
        checkIssuer(metadata);
        var answer = parsed();
        if (!answer.indicatesSuccess()) {
            var error = answer.toErrorResponse().getErrorObject().getCode();
            throw new ProviderRefused(Kind.DECLINED, "the provider says " + error);
        }
        return Optional.ofNullable(answer.toSuccessResponse().getAuthorizationCode())
                .orElseThrow(() -> new ProviderRefused(Kind.INVALID, "the provider's answer holds no code"));
    }

    /** RFC 9207: so that the answer of another provider is not taken for this one's. */
    private void checkIssuer(OIDCProviderMetadata metadata) {
        var issuer = one("iss");
        if (issuer.isEmpty() && metadata.supportsAuthorizationResponseIssuerParam()) {
            throw new ProviderRefused(Kind.INVALID, "the provider's answer does not say whose it is");
        }
        if (issuer.filter(name -> !name.equals(config.issuer())).isPresent()) {
            throw new ProviderRefused(Kind.INVALID, "the answer is another provider's");
        }
    }

    private AuthenticationResponse parsed() {
        try {
            return AuthenticationResponseParser.parse(ANYWHERE, parameters);
        } catch (ParseException | IllegalArgumentException malformed) {
            throw new ProviderRefused(Kind.INVALID, "the provider's answer is malformed: " + malformed.getMessage());
        }
    }

    private Optional<String> one(String name) {
        return Optional.ofNullable(parameters.get(name))
                .filter(values -> values.size() == 1)
                .map(values -> values.get(0));
    }
}
