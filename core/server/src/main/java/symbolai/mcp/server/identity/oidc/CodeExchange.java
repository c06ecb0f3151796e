package symbolai.mcp.server.identity.oidc;

import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.vertx.core.Future;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import symbolai.mcp.api.Secret;
import symbolai.mcp.server.config.ProviderConfig;
import symbolai.mcp.server.identity.oidc.ProviderRefused.Kind;

/** Gives the provider its code and gets an ID token. The other tokens that come with it are dropped: nothing is done in the person's name. */
final class CodeExchange {

    private final ClientID clientId;
    private final Optional<Secret> secret;
    private final ProviderClient client;

    CodeExchange(ProviderConfig config, ProviderClient client) {
        this.clientId = new ClientID(config.clientId());
        this.secret = config.clientSecret();
        this.client = client;
    }

    Future<JWT> idToken(OIDCProviderMetadata metadata, AuthorizationCode code, Journey journey) {
        return client.send(request(metadata, code, journey)).map(CodeExchange::read);
    }

    private HTTPRequest request(OIDCProviderMetadata metadata, AuthorizationCode code, Journey journey) {
        var grant = new AuthorizationCodeGrant(code, journey.back(), journey.verifier());
        var url = metadata.getTokenEndpointURI();
        return secret.map(known -> withSecret(metadata, url, grant, known))
                .orElseGet(() -> new TokenRequest.Builder(url, clientId, grant).build())
                .toHTTPRequest();
    }

    private TokenRequest withSecret(
            OIDCProviderMetadata metadata, URI url, AuthorizationCodeGrant grant, Secret known) {
        var value = new com.nimbusds.oauth2.sdk.auth.Secret(known.reveal());
        var shown = takesOnlyPost(metadata)
                ? new ClientSecretPost(clientId, value)
                : new ClientSecretBasic(clientId, value);
        return new TokenRequest.Builder(url, shown, grant).build();
    }

    /** Where the provider says nothing, it takes the secret in a header. */
    private static boolean takesOnlyPost(OIDCProviderMetadata metadata) {
        var methods =
                Optional.ofNullable(metadata.getTokenEndpointAuthMethods()).orElse(List.of());
        return methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                && !methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
    }

    private static JWT read(HTTPResponse answer) {
        try {
            var parsed = OIDCTokenResponseParser.parse(answer);
            if (parsed instanceof OIDCTokenResponse tokens
                    && tokens.getOIDCTokens().getIDToken() != null) {
                return tokens.getOIDCTokens().getIDToken();
            }
            throw new ProviderRefused(Kind.INVALID, "the provider gave no ID token: " + why(answer, parsed));
        } catch (ParseException | IllegalArgumentException malformed) {
            throw new ProviderRefused(
                    Kind.INVALID,
                    "the provider's answer with the status " + answer.getStatusCode() + " holds no tokens");
        }
    }

    private static String why(HTTPResponse answer, com.nimbusds.oauth2.sdk.TokenResponse parsed) {
        return parsed.indicatesSuccess()
                ? "is the scope openid among signIn.provider.scopes?"
                : "status " + answer.getStatusCode() + ", error "
                        + parsed.toErrorResponse().getErrorObject().getCode();
    }
}
