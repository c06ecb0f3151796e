package symbolai.mcp.server.identity.oidc;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.vertx.core.Future;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import symbolai.mcp.server.identity.oidc.ProviderRefused.Kind;

/** Where the provider's endpoints are, as it says itself. */
final class Discovery {

    private static final Duration GOOD = Duration.ofHours(1);

    private final String issuer;
    private final ProviderClient client;
    private final Kept<OIDCProviderMetadata> kept;

    Discovery(String issuer, ProviderClient client, Clock clock) {
        this.issuer = issuer;
        this.client = client;
        this.kept = new Kept<>(this::fetch, GOOD, clock);
    }

    Future<OIDCProviderMetadata> metadata() {
        return kept.get();
    }

    /** The path is put behind that of the issuer, as OpenID Connect Discovery says. */
    private Future<OIDCProviderMetadata> fetch() {
        var base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        return client.get(URI.create(base + "/.well-known/openid-configuration"))
                .map(this::read);
    }

    private OIDCProviderMetadata read(String text) {
        try {
            var metadata = OIDCProviderMetadata.parse(text);
            check(metadata);
            return metadata;
        } catch (ParseException | IllegalArgumentException malformed) {
            throw invalid("is not valid: " + malformed.getMessage());
        }
    }

    private void check(OIDCProviderMetadata metadata) {
        if (!metadata.getIssuer().getValue().equals(issuer)) {
            throw invalid("is of the issuer " + metadata.getIssuer() + ", and signIn.provider.issuer says " + issuer);
        }
        check("authorization_endpoint", metadata.getAuthorizationEndpointURI());
        check("token_endpoint", metadata.getTokenEndpointURI());
        check("jwks_uri", metadata.getJWKSetURI());
    }

    private void check(String name, @Nullable URI endpoint) {
        if (endpoint == null || !isSafe(endpoint)) {
            throw invalid("must have a " + name + " of https, and says " + endpoint);
        }
    }

    /** An issuer on this machine may have endpoints on this machine; the configuration allows http for no other. */
    private boolean isSafe(URI endpoint) {
        return "https".equals(endpoint.getScheme())
                || ("http".equals(endpoint.getScheme())
                        && issuer.startsWith("http:")
                        && URI.create(issuer).getHost().equals(endpoint.getHost()));
    }

    private static ProviderRefused invalid(String why) {
        return new ProviderRefused(Kind.UNAVAILABLE, "the metadata of the provider " + why);
    }
}
