package symbolai.mcp.server.identity;

import java.util.Optional;

/** Finds out whose rights ended between two readings of the users and keys. */
final class Endings {

    private final Revocations revocations;

    Endings(Revocations revocations) {
        this.revocations = revocations;
    }

    /** Tells what the second reading has taken away from the first. */
    void between(KeyRing.Snapshot before, KeyRing.Snapshot after) {
        before.users()
                .values()
                .forEach(user -> user(user, Optional.ofNullable(after.users().get(user.id()))));
        before.holders().values().stream()
                .map(KeyRing.Holder::key)
                .filter(key -> key.revoked() == 0)
                .filter(key -> Optional.ofNullable(after.holders().get(key.id()))
                        .filter(holder -> holder.key().revoked() == 0)
                        .isEmpty())
                .forEach(key -> revocations.credentialEnded(key.id(), "the API key was revoked"));
    }

    /** Tells which keys came to their end after the one moment and not after the other, in milliseconds. */
    void expired(KeyRing.Snapshot snapshot, long since, long now) {
        snapshot.holders().values().stream()
                .map(KeyRing.Holder::key)
                .filter(key -> key.expires() != 0 && key.expires() > since && key.expires() <= now)
                .forEach(key -> revocations.credentialEnded(key.id(), "the API key has expired"));
    }

    private void user(User user, Optional<User> now) {
        if (now.isEmpty()) {
            revocations.userEnded(user.id());
        } else if (now.get().role() != user.role()) {
            revocations.roleChanged(user.id(), now.get().role());
        }
    }
}
