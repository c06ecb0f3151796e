package symbolai.mcp.server.connections;

import io.vertx.core.Future;
import java.util.function.Supplier;

/** Enters the code of plugins: whatever it throws or returns becomes a future. */
final class Foreign {

    private Foreign() {}

    static <T> Future<T> guarded(Supplier<Future<T>> foreign) {
        try {
            var future = foreign.get();
            return future == null ? Future.failedFuture(new IllegalStateException("null was returned")) : future;
        } catch (Exception | LinkageError | StackOverflowError failure) {
            return Future.failedFuture(failure);
        }
    }

    /** What the code gave, which must be something. */
    static <T> Future<T> present(T value) {
        return value == null
                ? Future.failedFuture(new IllegalStateException("it succeeded with null"))
                : Future.succeededFuture(value);
    }
}
