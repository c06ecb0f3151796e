package symbolai.mcp.server.identity.oidc;

import com.nimbusds.jose.jwk.JWKSet;
import io.vertx.core.Future;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import symbolai.mcp.server.identity.oidc.ProviderRefused.Kind;

/** The keys that the provider signs with. */
final class SigningKeys {

    private static final Duration GOOD = Duration.ofMinutes(15);

    private final Discovery discovery;
    private final ProviderClient client;
    private final Kept<JWKSet> kept;

    SigningKeys(Discovery discovery, ProviderClient client, Clock clock) {
        this.discovery = discovery;
        this.client = client;
        this.kept = new Kept<>(this::fetch, GOOD, clock);
    }

    /** Keys among which is the one of this name, unless the provider has none so named. */
    Future<JWKSet> with(String keyId) {
        return kept.get()
                .compose(known -> known.getKeyByKeyId(keyId) == null ? kept.renewed() : Future.succeededFuture(known));
    }

    private Future<JWKSet> fetch() {
        return discovery.metadata().compose(metadata -> get(metadata.getJWKSetURI()));
    }

    private Future<JWKSet> get(URI url) {
        return client.get(url).map(text -> read(url, text));
    }

    private static JWKSet read(URI url, String text) {
        try {
            return JWKSet.parse(text);
        } catch (ParseException malformed) {
            throw new ProviderRefused(Kind.UNAVAILABLE, url + ": these are no keys");
        }
    }
}
