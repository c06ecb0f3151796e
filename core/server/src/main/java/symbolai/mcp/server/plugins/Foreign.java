package symbolai.mcp.server.plugins;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.pf4j.PluginRuntimeException;
import symbolai.mcp.api.ToolException;

/** Enters a plugin's own code: on the plugin's one thread, under its class loader, within a time limit. */
final class Foreign {

    private static final int LONGEST_MESSAGE = 500;

    private final WorkerExecutor thread;
    private final ClassLoader loader;

    Foreign(WorkerExecutor thread, ClassLoader loader) {
        this.thread = thread;
        this.loader = loader;
    }

    /** Runs the work; whatever it throws becomes a {@link PluginRefused} that begins with what was to be done. */
    <T> Future<T> run(String what, Duration limit, Callable<Future<T>> work) {
        return thread.executeBlocking(() -> underLoader(work), false)
                .compose(future -> future)
                .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .recover(failure -> Future.failedFuture(refused(what, limit, failure)));
    }

    Future<Void> close() {
        return thread.close();
    }

    private <T> T underLoader(Callable<T> work) throws Exception {
        var current = Thread.currentThread();
        var former = current.getContextClassLoader();
        current.setContextClassLoader(loader);
        try {
            return work.call();
        } finally {
            current.setContextClassLoader(former);
        }
    }

    private static PluginRefused refused(String what, Duration limit, Throwable failure) {
        if (failure instanceof PluginRefused refused) {
            return refused;
        }
        if (failure instanceof TimeoutException) {
            return new PluginRefused(what + " took longer than " + limit.toMillis() + " ms");
        }
        var refused = new PluginRefused(what + " failed: " + words(root(failure)));
        refused.initCause(failure);
        return refused;
    }

    private static Throwable root(Throwable failure) {
        boolean wrapped = failure instanceof PluginRuntimeException
                || failure instanceof InvocationTargetException
                || failure instanceof ExceptionInInitializerError;
        var cause = failure.getCause();
        return wrapped && cause != null ? root(cause) : failure;
    }

    private static String words(Throwable failure) {
        var message = failure.getMessage();
        String words = failure instanceof ToolException && message != null ? message : failure.toString();
        return words.substring(0, Math.min(words.length(), LONGEST_MESSAGE)).replaceAll("\\p{Cntrl}", " ");
    }
}
