package symbolai.mcp.server.cli;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The one place where a command's own thread waits for a future. */
final class Waiting {

    private Waiting() {}

    /** The value, however long it takes; the failure is thrown. */
    static <T> T on(Future<T> future) {
        return on(future, Duration.ofDays(36_500));
    }

    static <T> T on(Future<T> future, Duration most) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new CompletionException(e.getCause());
        } catch (TimeoutException e) {
            throw new CommandFailed(CommandFailed.FAILED, "No answer within " + most.toSeconds() + " seconds.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed(CommandFailed.FAILED, "Interrupted.");
        }
    }
}
