package symbolai.mcp.testkit;

import io.vertx.core.Future;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import symbolai.mcp.api.ToolException;

/** Waits for futures in a test's own thread. */
public final class Answers {

    private static final int PATIENCE_SECONDS = 60;

    private Answers() {}

    /** The value, or the failure as it is. */
    public static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage()
                    .toCompletableFuture()
                    .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof ToolException cause ? cause : failed;
        }
    }

    /** The failure that a model would read; an assertion error when there is none. */
    public static ToolException failure(Future<?> future) {
        try {
            await(future);
        } catch (ToolException expected) {
            return expected;
        }
        throw new AssertionError("it did not fail");
    }
}
