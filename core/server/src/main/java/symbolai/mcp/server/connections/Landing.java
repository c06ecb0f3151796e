package symbolai.mcp.server.connections;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/** Brings what happens elsewhere back to the context of who waits for it. */
record Landing(Context context) {

    /** The context that this runs on; another one when this runs on none. */
    static Landing here(Vertx vertx) {
        return new Landing(vertx.getOrCreateContext());
    }

    /** The same outcome, told on the context: on the spot when this is it and the outcome is there. */
    <T> Future<T> of(Future<T> elsewhere) {
        if (elsewhere.isComplete() && Vertx.currentContext() == context) {
            return elsewhere;
        }
        var landed = Promise.<T>promise();
        elsewhere.onComplete((value, failure) -> context.runOnContext(on -> landed.complete(value, failure)));
        return landed.future();
    }
}
