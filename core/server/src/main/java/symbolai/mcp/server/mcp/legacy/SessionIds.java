package symbolai.mcp.server.mcp.legacy;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.ClientCapability;
import symbolai.mcp.server.crypto.Signer;
import symbolai.mcp.server.mcp.ProtocolVersion;

/** Mints and reads session ids. They are signed and say all there is to know, so that every node takes them, also after a restart. */
final class SessionIds {

    static final Duration LIFE = Duration.ofDays(30);
    private static final int RANDOM_BYTES = 32;
    private static final int MAX_LENGTH = 1024;

    private final Signer signer;
    private final Clock clock;
    private final SecureRandom random;

    SessionIds(Signer signer, Clock clock, SecureRandom random) {
        this.signer = signer;
        this.clock = clock;
        this.random = random;
    }

    /** The id of a new session. */
    String mint(LegacyClient client, Caller caller) {
        byte[] id = new byte[RANDOM_BYTES];
        random.nextBytes(id);
        JsonObject claims = new JsonObject()
                .put("i", Base64.getUrlEncoder().withoutPadding().encodeToString(id))
                .put("u", caller.id())
                .put("k", binding(caller))
                .put("v", client.version().text())
                .put("c", bits(client.capabilities()))
                .put("n", client.name())
                .put("x", clock.instant().plus(LIFE).getEpochSecond());
        return signer.sign(claims.encode().getBytes(StandardCharsets.UTF_8));
    }

    /** What the id says; empty when it is not ours, has expired, or belongs to somebody else. */
    Optional<SessionClaims> read(String sessionId, Caller caller) {
        if (sessionId.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        return signer.verify(sessionId)
                .flatMap(SessionIds::claims)
                .filter(claims -> claims.caller().equals(caller.id()))
                .filter(claims -> claims.credential().equals(binding(caller)))
                .filter(claims -> clock.instant().isBefore(claims.expires()));
    }

    /** Whether the id is good, but not for the caller. */
    boolean isAnothers(String sessionId, Caller caller) {
        return sessionId.length() <= MAX_LENGTH
                && signer.verify(sessionId)
                        .flatMap(SessionIds::claims)
                        .filter(claims -> !claims.caller().equals(caller.id())
                                || !claims.credential().equals(binding(caller)))
                        .isPresent();
    }

    /** What the caller showed, in one word: another key of the same user has sessions of its own. */
    static String binding(Caller caller) {
        var credential = caller.credential();
        return credential.kind() + ":" + credential.id();
    }

    private static Optional<SessionClaims> claims(byte[] payload) {
        try {
            JsonObject claims = new JsonObject(new String(payload, StandardCharsets.UTF_8));
            return ProtocolVersion.of(claims.getString("v", "")).map(version -> claims(claims, version));
        } catch (DecodeException | ClassCastException ofAnotherRelease) {
            return Optional.empty();
        }
    }

    private static SessionClaims claims(JsonObject claims, ProtocolVersion version) {
        LegacyClient client =
                new LegacyClient(version, capabilities(claims.getInteger("c", 0)), claims.getString("n", ""));
        Instant expires = Instant.ofEpochSecond(claims.getLong("x", 0L));
        return new SessionClaims(
                claims.getString("i", ""), claims.getString("u", ""), claims.getString("k", ""), client, expires);
    }

    private static int bits(Set<ClientCapability> capabilities) {
        return capabilities.stream().mapToInt(SessionIds::bit).sum();
    }

    private static Set<ClientCapability> capabilities(int bits) {
        Set<ClientCapability> capabilities = EnumSet.allOf(ClientCapability.class);
        capabilities.removeIf(capability -> (bits & bit(capability)) == 0);
        return capabilities;
    }

    private static int bit(ClientCapability capability) {
        return switch (capability) {
            case ELICITATION_FORM -> 1;
            case ELICITATION_URL -> 2;
            case SAMPLING -> 4;
            case ROOTS -> 8;
            case TASKS -> 16;
        };
    }
}
