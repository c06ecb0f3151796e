package symbolai.mcp.server.identity;

import java.time.Clock;
import java.util.Optional;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Credential;
import symbolai.mcp.api.Credential.Kind;

/** Tells who a caller is by now, out of memory: users lose roles, and keys are revoked, while calls wait. */
public final class Standings {

    private final KeyRing keys;
    private final Revocations revocations;
    private final Clock clock;

    public Standings(KeyRing keys, Revocations revocations, Clock clock) {
        this.keys = keys;
        this.revocations = revocations;
        this.clock = clock;
    }

    /** The caller with the role and the limits of now; empty when the user is gone, or what was shown is no longer accepted. */
    public Optional<Caller> now(Caller caller) {
        if (caller.credential().kind() == Kind.LOCAL) {
            return Optional.of(caller);
        }
        return keys.user(caller.id()).flatMap(user -> now(caller, user));
    }

    private Optional<Caller> now(Caller caller, User user) {
        return credential(caller)
                .map(credential -> new Caller(user.id(), user.name(), user.role(), credential, caller.address()));
    }

    private Optional<Credential> credential(Caller caller) {
        var shown = caller.credential();
        if (shown.kind() != Kind.KEY) {
            return revocations.hasEnded(shown.id()) ? Optional.empty() : Optional.of(shown);
        }
        return keys.find(shown.id())
                .map(KeyRing.Holder::key)
                .filter(key -> key.revoked() == 0 && (key.expires() == 0 || key.expires() > clock.millis()))
                .filter(key -> key.isGoodFrom(caller.address()))
                .map(key -> Credential.key(key.id(), key.tools(), key.agent()));
    }
}
