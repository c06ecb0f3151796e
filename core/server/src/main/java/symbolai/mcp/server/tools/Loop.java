package symbolai.mcp.server.tools;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/** The event loop that one call stays on, whichever threads its handler uses. */
record Loop(Vertx vertx, Context context) {
    /** The loop that this runs on; another one when this runs on none. */
    static Loop current(Vertx vertx) {
        return new Loop(vertx, vertx.getOrCreateContext());
    }

    /** Runs the action on the loop: now when this is the loop already. */
    void run(Runnable action) {
        if (Vertx.currentContext() == context) {
            action.run();
        } else {
            context.runOnContext(on -> action.run());
        }
    }

    /** Does the work on the loop; what it throws is the future's failure. */
    <T> Future<T> call(Supplier<Future<T>> work) {
        var done = Promise.<T>promise();
        run(() -> Future.succeededFuture().compose(on -> work.get()).onComplete(done));
        return done.future();
    }

    /** The same outcome, told on the loop. */
    <T> Future<T> land(Future<? extends T> elsewhere) {
        var landed = Promise.<T>promise();
        elsewhere.onComplete((value, failure) -> run(() -> landed.complete(value, failure)));
        return landed.future();
    }
}
