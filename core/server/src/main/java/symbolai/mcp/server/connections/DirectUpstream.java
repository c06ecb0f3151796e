package symbolai.mcp.server.connections;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Supplier;
import symbolai.mcp.api.Upstream;

/** The way to a system that has no limits, such as one inside this process. */
final class DirectUpstream implements Upstream {

    @Override
    public <T> Future<T> request(Target target, Supplier<Future<T>> send) {
        return send.get();
    }

    @Override
    public void remaining(int remaining, Duration window) {
        // There is no limit to keep to.
    }
}
