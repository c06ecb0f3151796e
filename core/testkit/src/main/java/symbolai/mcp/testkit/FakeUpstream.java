package symbolai.mcp.testkit;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import symbolai.mcp.api.Upstream;

/** Sends every request at once and once, and keeps under which ids it was answered. */
public final class FakeUpstream implements Upstream {

    private final List<String> answers = new CopyOnWriteArrayList<>();

    /** The ids of the answers so far. */
    public List<String> answers() {
        return List.copyOf(answers);
    }

    @Override
    public <T> Future<T> request(Target target, Supplier<Future<T>> send) {
        return send.get();
    }

    @Override
    public void remaining(int remaining, Duration window) {
        // Nobody is limited here.
    }

    @Override
    public void answered(String id) {
        answers.add(id);
    }
}
