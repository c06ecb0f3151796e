package symbolai.mcp.server.identity.oauth;

import com.nimbusds.oauth2.sdk.OAuth2Error;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import symbolai.mcp.server.config.AddressGroup;
import symbolai.mcp.server.identity.oauth.ClientDocuments.Asker;
import symbolai.mcp.server.store.DeviceRow;
import symbolai.mcp.server.store.DeviceStore;
import symbolai.mcp.server.store.GrantStore;

/** Lets a program without a browser get tokens: it shows its user a short code, which the user types where the user is signed in. */
public final class Devices {

    /** Where the user types the code. */
    public static final String PAGE = "/device";

    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int MOST_OPEN = 1_000;
    private static final int TRIES = 5;
    private static final int LENGTH = 8;
    /** Without vowels, so that no words come out, and without what looks alike. */
    private static final String LETTERS = "BCDFGHJKLMNPQRSTVWXZ";

    private static final String PENDING = "pending";
    private static final String APPROVED = "approved";
    private static final String DENIED = "denied";

    private final DeviceStore store;
    private final GrantStore grantStore;
    private final Clients clients;
    private final Grants grants;
    private final OAuthRecords records;
    private final Clock clock;
    private final Allowance begun;
    private final Allowance typed;
    private final SecureRandom random = new SecureRandom();

    public Devices(
            DeviceStore store,
            GrantStore grantStore,
            Clients clients,
            Grants grants,
            OAuthRecords records,
            Clock clock) {
        this.store = store;
        this.grantStore = grantStore;
        this.clients = clients;
        this.grants = grants;
        this.records = records;
        this.clock = clock;
        this.begun = new Allowance(20, 200, MINUTE, clock);
        this.typed = new Allowance(TRIES, 1_000, MINUTE, clock);
    }

    /** What a program asks a user to agree to. */
    public record Pending(String hash, OAuthClient client, Scopes scopes) {}

    /** A new code for a client. */
    Future<JsonObject> begin(OAuthClient client, Scopes scopes, String resource, Site site, String address) {
        if (client.kind() == OAuthClient.Kind.CREDENTIALS) {
            return OAuthProblem.of(OAuth2Error.UNAUTHORIZED_CLIENT, "this client asks for tokens by itself")
                    .failed();
        }
        if (!begun.take(AddressGroup.of(address))) {
            return busy();
        }
        var code = OpaqueToken.random(OpaqueToken.Kind.DEVICE, random);
        var userCode = userCode();
        var row = new DeviceRow(
                code.hash(),
                userCode,
                client.id(),
                resource,
                scopes.names(),
                PENDING,
                "",
                0,
                clock.millis() + LIFE.toMillis());
        return store.add(row, MOST_OPEN, clock.millis())
                .compose(added -> added ? Future.succeededFuture(json(code, userCode, site)) : busy());
    }

    /** The tokens, when the user has agreed. */
    Future<JsonObject> redeem(OAuthClient client, String shown, String address) {
        return OpaqueToken.parse(OpaqueToken.Kind.DEVICE, shown)
                .map(code -> store.find(code.hash()))
                .orElseGet(() -> Future.succeededFuture(Optional.empty()))
                .map(found -> found.filter(device -> device.client().equals(client.id()))
                        .orElseThrow(() -> OAuthProblem.grant("the device code is not known")))
                .compose(device -> answer(device, address));
    }

    /** What stands behind the code that a user typed; empty when it is wrong, too old or decided, and for some time after many wrong ones. */
    public Future<Optional<Pending>> find(String text, String userId) {
        var code = text.toUpperCase(Locale.ROOT).replaceAll("[\\s-]", "");
        if (code.length() != LENGTH || !typed.take(userId)) {
            return Future.succeededFuture(Optional.empty());
        }
        return store.findByUserCode(code)
                .onSuccess(found -> found.ifPresent(device -> typed.giveBack(userId)))
                .map(found ->
                        found.filter(device -> device.status().equals(PENDING) && clock.millis() < device.expires()))
                .compose(found -> found.map(device -> pending(device, userId))
                        .orElseGet(() -> Future.succeededFuture(Optional.empty())));
    }

    /** Writes down what the user decided; false when it was decided before, or is too old. */
    public Future<Boolean> decide(Pending pending, boolean agrees, Scopes scopes, String userId, String address) {
        return records.deciding(
                        userId,
                        pending.client().id(),
                        scopes,
                        agrees,
                        address,
                        () -> decide(pending, agrees, scopes, userId))
                .map(true)
                .recover(failure ->
                        failure instanceof Decided ? Future.succeededFuture(false) : Future.failedFuture(failure));
    }

    private Future<Void> decide(Pending pending, boolean agrees, Scopes scopes, String userId) {
        return (agrees ? clients.remember(pending.client()) : Future.<Void>succeededFuture())
                .compose(known -> store.decide(
                        pending.hash(), PENDING, agrees ? APPROVED : DENIED, userId, scopes.names(), clock.millis()))
                .compose(decided -> decided ? Future.succeededFuture() : Future.failedFuture(new Decided()));
    }

    /** Somebody was faster, or it is too late. */
    private static final class Decided extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Decided() {
            super("the device code is no longer pending", null, false, false);
        }
    }

    private Future<Optional<Pending>> pending(DeviceRow device, String userId) {
        return clients.find(device.client(), Asker.user(userId))
                .map(client -> Optional.of(new Pending(device.hash(), client, new Scopes(device.scopes()))));
    }

    private Future<JsonObject> answer(DeviceRow device, String address) {
        if (device.expires() <= clock.millis()) {
            return OAuthProblem.of("expired_token", "the device code has expired")
                    .failed();
        }
        if (device.status().equals(DENIED)) {
            return OAuthProblem.of(OAuth2Error.ACCESS_DENIED, "the user did not agree")
                    .failed();
        }
        if (device.status().equals(PENDING)) {
            return patience(device);
        }
        var terms = new Grants.Terms(
                grants.newId(), device.client(), device.userId(), device.resource(), new Scopes(device.scopes()));
        return grants.begin(
                        terms, true, address, (grant, tokens) -> grantStore.redeemDevice(device.hash(), grant, tokens))
                .compose(answer -> answer.map(Future::succeededFuture)
                        .orElseGet(() -> OAuthProblem.grant("the device code was used before, or its user is gone")
                                .failed()));
    }

    private Future<JsonObject> patience(DeviceRow device) {
        var hasty = clock.millis() - device.polled() < INTERVAL.toMillis() - 1_000;
        return store.polled(device.hash(), clock.millis())
                .compose(noted -> hasty
                        ? OAuthProblem.of("slow_down", "ask every " + INTERVAL.toSeconds() + " seconds")
                                .failed()
                        : OAuthProblem.of("authorization_pending", "the user has not decided yet")
                                .failed());
    }

    private static JsonObject json(OpaqueToken code, String userCode, Site site) {
        return new JsonObject()
                .put("device_code", code.text().reveal())
                .put("user_code", userCode.substring(0, LENGTH / 2) + "-" + userCode.substring(LENGTH / 2))
                .put("verification_uri", site.url(PAGE))
                .put("expires_in", LIFE.toSeconds())
                .put("interval", INTERVAL.toSeconds());
    }

    private String userCode() {
        var code = new StringBuilder();
        while (code.length() < LENGTH) {
            code.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return code.toString();
    }

    private static <T> Future<T> busy() {
        return OAuthProblem.of("temporarily_unavailable", "too many device codes are open; try again later")
                .failed();
    }
}
