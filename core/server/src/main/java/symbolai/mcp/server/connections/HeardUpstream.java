package symbolai.mcp.server.connections;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import symbolai.mcp.api.Upstream;

/**
 * The way out of one operation, on which it is heard under which id the system has its answer.
 *
 * @param whole the way out that all share who have the credentials
 * @param redaction knows what no id may hold
 * @param heard is told each id that is one
 */
record HeardUpstream(Upstream whole, Redaction redaction, Consumer<String> heard) implements Upstream {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    @Override
    public <T> Future<T> request(Target target, Supplier<Future<T>> send) {
        return whole.request(target, send);
    }

    @Override
    public void remaining(int remaining, Duration window) {
        whole.remaining(remaining, window);
    }

    @Override
    public void answered(String id) {
        if (ID.matcher(id).matches() && redaction.passes(id)) {
            heard.accept(id);
        }
    }
}
