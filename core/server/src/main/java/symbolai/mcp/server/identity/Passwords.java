package symbolai.mcp.server.identity;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import symbolai.mcp.api.Secret;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;

/** Hashes passwords on threads of its own, because each hash takes much time and memory by design. */
public final class Passwords {

    private static final int THREADS = 2;
    private static final int WAITING = 16;
    private static final int LEAST_CHARACTERS = 8;
    private static final int MOST_BYTES = 1_024;

    private final WorkerExecutor threads;
    private final AtomicInteger pending = new AtomicInteger();
    private final SecureRandom random = new SecureRandom();

    public Passwords(Vertx vertx) {
        this.threads = vertx.createSharedWorkerExecutor("symbolai-mcp-passwords-" + UUID.randomUUID(), THREADS);
    }

    /** The hash of a new password as a PHC string; fails when the password is too short or too long. */
    Future<String> hash(Secret password) {
        var text = normal(password);
        if (text.codePointCount(0, text.length()) < LEAST_CHARACTERS) {
            return invalid("The password is too short: at least " + LEAST_CHARACTERS + " characters are needed.");
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            return invalid("The password is too long: at most " + MOST_BYTES + " bytes are allowed.");
        }
        return run(() -> Argon2id.hash(text, random));
    }

    /** Whether the password is the one of the hash. */
    Future<Boolean> matches(Secret password, String hash) {
        return run(() -> Argon2id.matches(normal(password), hash));
    }

    /** Stops the threads. */
    public Future<Void> close() {
        return threads.close();
    }

    private <T> Future<T> run(Callable<T> work) {
        if (pending.incrementAndGet() > THREADS + WAITING) {
            pending.decrementAndGet();
            return Future.failedFuture(
                    new ToolException(Reason.UNAVAILABLE, "Too many passwords are being checked; try again later."));
        }
        return threads.executeBlocking(work, false).onComplete(done -> pending.decrementAndGet());
    }

    /** The same password typed on another keyboard is the same password. */
    private static String normal(Secret password) {
        return Normalizer.normalize(password.reveal(), Normalizer.Form.NFKC);
    }

    private static Future<String> invalid(String message) {
        return Future.failedFuture(new ToolException(Reason.INVALID, message));
    }
}
