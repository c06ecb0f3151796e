package symbolai.mcp.server.identity;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import symbolai.mcp.api.Secret;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;

/** Hashes passwords on threads of its own, because each hash takes much time and memory by design. */
public final class Passwords {

    private static final int MOST_AT_ONCE = 4;
    private static final int WAITING = 16;
    private static final int LEAST_CHARACTERS = 8;
    private static final int MOST_BYTES = 1_024;

    private final WorkerExecutor threads;
    private final int atOnce = Math.min(MOST_AT_ONCE, Runtime.getRuntime().availableProcessors());
    private final Argon2id argon;
    private final CommonPasswords common = new CommonPasswords();
    private final AtomicInteger pending = new AtomicInteger();
    private final SecureRandom random = new SecureRandom();
    private final String unmatched;

    public Passwords(Vertx vertx) {
        this(vertx, Argon2id.RECOMMENDED);
    }

    Passwords(Vertx vertx, Argon2id argon) {
        this.threads = vertx.createSharedWorkerExecutor("symbolai-mcp-passwords-" + UUID.randomUUID(), atOnce);
        this.argon = argon;
        this.unmatched = argon.unmatched(random);
    }

    /** The hash of a new password as a PHC string; fails when the password is too short or too long. */
    Future<String> hash(Secret password) {
        var text = normal(password);
        if (text.codePointCount(0, text.length()) < LEAST_CHARACTERS) {
            return invalid("The password is too short: at least " + LEAST_CHARACTERS + " characters are needed.");
        }
        if (isTooLong(password)) {
            return invalid("The password is too long: at most " + MOST_BYTES + " bytes are allowed.");
        }
        if (common.contains(text)) {
            return invalid("The password is one of those that everybody tries first; choose another.");
        }
        return run(() -> argon.hash(text, random));
    }

    /** Whether the password is the one of the hash. */
    Future<Boolean> matches(Secret password, String hash) {
        return isTooLong(password)
                ? Future.succeededFuture(false)
                : run(() -> Argon2id.matches(normal(password), hash));
    }

    /** The hash to compare with where there is none, so that it takes as long. */
    String unmatched() {
        return unmatched;
    }

    /** Another hash of a password that is in use, if its present one was made with less effort than new ones are. */
    Future<Optional<String>> strengthen(Secret password, String hash) {
        return argon.isStrongerThan(hash)
                ? run(() -> argon.hash(normal(password), random)).map(Optional::of)
                : Future.succeededFuture(Optional.empty());
    }

    /** Stops the threads. */
    public Future<Void> close() {
        return threads.close();
    }

    private <T> Future<T> run(Callable<T> work) {
        if (pending.incrementAndGet() > atOnce + WAITING) {
            pending.decrementAndGet();
            return Future.failedFuture(
                    new ToolException(Reason.UNAVAILABLE, "Too many passwords are being checked; try again later."));
        }
        return threads.executeBlocking(work, false).onComplete(done -> pending.decrementAndGet());
    }

    private static boolean isTooLong(Secret password) {
        return normal(password).getBytes(StandardCharsets.UTF_8).length > MOST_BYTES;
    }

    /** The same password typed on another keyboard is the same password. */
    private static String normal(Secret password) {
        return Normalizer.normalize(password.reveal(), Normalizer.Form.NFKC);
    }

    private static Future<String> invalid(String message) {
        return Future.failedFuture(new ToolException(Reason.INVALID, message));
    }
}
