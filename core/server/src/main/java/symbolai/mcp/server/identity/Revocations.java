package symbolai.mcp.server.identity;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Role;

/** Tells whoever holds something open for a caller, such as a stream, that the caller's rights ended. Safe for any thread. */
public final class Revocations {

    private static final Logger LOG = LoggerFactory.getLogger(Revocations.class);
    /** Endings of the last moments meet what was let in just before them and is only now opened. */
    private static final int REMEMBERED = 256;

    private final Set<Held> held = ConcurrentHashMap.newKeySet();
    private final Deque<Ending> recent = new ArrayDeque<>();
    private final EndedCredentials ended;

    public Revocations(Clock clock) {
        this.ended = new EndedCredentials(clock);
    }

    /** What is no longer held open, once this is closed. */
    @FunctionalInterface
    public interface Watch {

        /** Stops to watch; closing twice is harmless. */
        void close();
    }

    /**
     * Something ended.
     *
     * @param what names it: a later ending of the same takes the place of this one
     */
    private record Ending(String what, Predicate<Caller> whose, String why) {}

    /** Identity counts: one caller may hold many. */
    private static final class Held {

        private final Caller caller;
        private final Consumer<String> action;

        Held(Caller caller, Consumer<String> action) {
            this.caller = caller;
            this.action = action;
        }
    }

    /**
     * Watches over what is open for a caller.
     *
     * @param action runs at most once, on any thread, with the reason in words, when the caller's credential or user ends or the role
     *     changes; before this returns when that has just happened
     */
    public Watch onEnded(Caller caller, Consumer<String> action) {
        var holding = new Held(caller, action);
        held.add(holding);
        recent().stream()
                .filter(ending -> ending.whose().test(caller))
                .findFirst()
                .ifPresent(ending -> end(holding, ending));
        return () -> held.remove(holding);
    }

    /** A key, a grant or a sign-in ended, whether by revocation, by a sign-out or by its age. */
    public void credentialEnded(String credentialId, String why) {
        ended.add(credentialId);
        tell(new Ending(
                "credential " + credentialId, caller -> caller.credential().id().equals(credentialId), why));
    }

    /** Whether a credential ended in the last hours. */
    boolean hasEnded(String credentialId) {
        return ended.contains(credentialId);
    }

    /** A user is no more. */
    public void userEnded(String userId) {
        tell(new Ending("user " + userId, caller -> caller.id().equals(userId), "the user was removed"));
    }

    /** A user has another role now: what was opened with the former one ends. */
    public void roleChanged(String userId, Role role) {
        tell(new Ending(
                "user " + userId,
                caller -> caller.id().equals(userId) && caller.role() != role,
                "the user's role was changed"));
    }

    /** How much is watched over. */
    public int watching() {
        return held.size();
    }

    private void tell(Ending ending) {
        remember(ending);
        held.stream().filter(holding -> ending.whose().test(holding.caller)).forEach(holding -> end(holding, ending));
    }

    private void end(Held holding, Ending ending) {
        if (held.remove(holding)) {
            run(holding, ending.why());
        }
    }

    /** What fails to end must not keep the rest open. */
    private static void run(Held holding, String why) {
        try {
            holding.action.accept(why);
        } catch (RuntimeException failure) {
            LOG.atError().setCause(failure).log("something open was not ended");
        }
    }

    private List<Ending> recent() {
        synchronized (recent) {
            return List.copyOf(recent);
        }
    }

    private void remember(Ending ending) {
        synchronized (recent) {
            recent.removeIf(former -> former.what().equals(ending.what()));
            recent.addLast(ending);
            if (recent.size() > REMEMBERED) {
                recent.removeFirst();
            }
        }
    }
}
