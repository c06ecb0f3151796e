package symbolai.mcp.server.identity.oauth;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.oauth2.sdk.client.ClientMetadata;
import io.vertx.core.Future;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The public keys of programs that sign who they are: those that a program registered, or those at the URL that it registered. What was fetched is
 * kept for a minute at least, and else as long as its server says. Safe for any thread.
 */
final class ClientKeys {

    private static final int MOST_KEYS = 10;
    private static final int LONGEST = 8_000;
    private static final int MOST_KEPT = 1_000;
    private static final int EACH = 10;
    private static final int ALL = 100;
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Set<KeyType> TYPES = Set.of(KeyType.RSA, KeyType.EC);
    private static final int SMALLEST_RSA = 2_048;

    private final DocumentSource source;
    private final Clock clock;
    private final Allowance allowance;
    private final Map<String, Kept> kept = new LinkedHashMap<>();

    private record Kept(JWKSet keys, long until) {}

    ClientKeys(DocumentSource source, Clock clock) {
        this.source = source;
        this.clock = clock;
        this.allowance = new Allowance(EACH, ALL, WINDOW, clock);
    }

    /** The keys that the metadata names, as they are stored: themselves, or where they are; empty when there are none that are good. */
    static Optional<String> named(ClientMetadata metadata) {
        if (metadata.getJWKSet() != null) {
            return Optional.of(metadata.getJWKSet())
                    .filter(ClientKeys::areGood)
                    .map(keys -> keys.toPublicJWKSet().toString())
                    .filter(text -> text.length() <= LONGEST);
        }
        return Optional.ofNullable(metadata.getJWKSetURI())
                .map(URI::toString)
                .filter(url -> DocumentUrl.parse(url).isPresent());
    }

    private static boolean areGood(JWKSet keys) {
        return !keys.isEmpty()
                && keys.getKeys().size() <= MOST_KEYS
                && keys.getKeys().stream().allMatch(ClientKeys::isGood);
    }

    private static boolean isGood(JWK key) {
        boolean isLarge = key.getKeyType().equals(KeyType.EC) || key.size() >= SMALLEST_RSA;
        return TYPES.contains(key.getKeyType()) && !key.isPrivate() && isLarge;
    }

    /** The keys of a program. */
    Future<JWKSet> of(OAuthClient client) {
        return DocumentUrl.parse(client.secret())
                .map(this::fetched)
                .orElseGet(() -> Future.succeededFuture(client.secret()).map(ClientKeys::read));
    }

    private Future<JWKSet> fetched(URI url) {
        var known = kept(url.toString());
        if (known.isPresent()) {
            return Future.succeededFuture(known.get());
        }
        if (!allowance.take(url.toString())) {
            return OAuthProblem.of("temporarily_unavailable", "the keys are asked for too often; try again later")
                    .failed();
        }
        return source.fetch(url)
                .recover(
                        failure -> OAuthProblem.client("the keys at the jwks_uri were not got: " + failure.getMessage())
                                .failed())
                .map(document -> keep(url.toString(), document));
    }

    private synchronized Optional<JWKSet> kept(String url) {
        return Optional.ofNullable(kept.get(url))
                .filter(found -> clock.millis() < found.until())
                .map(Kept::keys);
    }

    private synchronized JWKSet keep(String url, DocumentSource.Fetched document) {
        var keys = read(document.body().toString(StandardCharsets.UTF_8));
        var fresh = document.fresh().compareTo(SHORTEST) < 0 ? SHORTEST : document.fresh();
        if (kept.size() >= MOST_KEPT) {
            kept.remove(kept.keySet().iterator().next());
        }
        kept.put(url, new Kept(keys, clock.millis() + fresh.toMillis()));
        return keys;
    }

    private static JWKSet read(String text) {
        try {
            var keys = JWKSet.parse(text);
            if (areGood(keys)) {
                return keys;
            }
        } catch (ParseException | IllegalArgumentException malformed) {
            // Told below, as keys that are too weak are.
        }
        throw OAuthProblem.client("the client's keys are no public RSA or EC keys that are strong enough");
    }
}
