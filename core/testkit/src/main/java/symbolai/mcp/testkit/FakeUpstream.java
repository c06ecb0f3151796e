package symbolai.mcp.testkit;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Supplier;
import symbolai.mcp.api.Upstream;

/** Sends every request at once and once. */
public final class FakeUpstream implements Upstream {

    @Override
    public <T> Future<T> request(Target target, Supplier<Future<T>> send) {
        return send.get();
    }

    @Override
    public void remaining(int remaining, Duration window) {
        // Nobody is limited here.
    }
}
