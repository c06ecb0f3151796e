package symbolai.mcp.server.identity.oidc;

import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import symbolai.mcp.server.crypto.MasterKey;
import symbolai.mcp.server.crypto.Sealer;
import symbolai.mcp.server.identity.oidc.ProviderRefused.Kind;
import symbolai.mcp.server.store.UsedStateStore;

/** Lets the browser itself keep what a sign-in was begun with: sealed, good once and not for long. Nothing is kept here before one comes back. */
final class Journeys {

    static final Duration LIFE = Duration.ofMinutes(10);

    private static final String PURPOSE = "provider-journey";

    private final Sealer sealer;
    private final UsedStateStore used;
    private final Clock clock;

    Journeys(MasterKey key, UsedStateStore used, Clock clock) {
        this.sealer = key.sealer(PURPOSE);
        this.used = used;
        this.clock = clock;
    }

    String seal(Journey journey) {
        var plain = new JsonObject()
                .put("state", journey.state().getValue())
                .put("nonce", journey.nonce().getValue())
                .put("verifier", journey.verifier().getValue())
                .put("back", journey.back().toString())
                .put("next", journey.next())
                .put("again", journey.again())
                .put("expires", clock.instant().plus(LIFE).toEpochMilli());
        return sealer.seal(plain.toBuffer().getBytes(), PURPOSE);
    }

    /** Uses it up, when the provider's state is its own. */
    Future<Journey> redeem(Optional<String> sealed, String state) {
        var plain =
                sealed.flatMap(text -> sealer.open(text, PURPOSE)).map(bytes -> new JsonObject(Buffer.buffer(bytes)));
        if (plain.isEmpty()) {
            return brokenOff("it was not begun in this browser");
        }
        var journey = journey(plain.get());
        if (!journey.state().getValue().equals(state)) {
            return brokenOff("the provider's state is that of another one");
        }
        var expires = Instant.ofEpochMilli(plain.get().getLong("expires"));
        if (!clock.instant().isBefore(expires)) {
            return brokenOff("it was begun more than " + LIFE.toMinutes() + " minutes ago");
        }
        return used.use(PURPOSE + " " + state, expires, clock.instant())
                .compose(first -> first ? Future.succeededFuture(journey) : brokenOff("it was finished already"));
    }

    private static Journey journey(JsonObject plain) {
        return new Journey(
                new State(plain.getString("state")),
                new Nonce(plain.getString("nonce")),
                new CodeVerifier(plain.getString("verifier")),
                URI.create(plain.getString("back")),
                plain.getString("next"),
                plain.getBoolean("again"));
    }

    private static Future<Journey> brokenOff(String why) {
        return Future.failedFuture(new ProviderRefused(Kind.BROKEN_OFF, why));
    }
}
