package symbolai.mcp.testkit.conformance;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.KeyValues;
import symbolai.mcp.api.Sqlite;
import symbolai.mcp.api.SqliteLimits;
import symbolai.mcp.api.Timers;

/** A context that is only good for listing. */
final class BareContext implements FamilyContext {
    @Override
    public String plugin() {
        return "conformance";
    }

    @Override
    public JsonObject config() {
        return new JsonObject();
    }

    @Override
    public Logger logger() {
        return LoggerFactory.getLogger(plugin());
    }

    @Override
    public Path folder() {
        throw new UnsupportedOperationException("there is no folder");
    }

    @Override
    public HttpClient httpClient() {
        throw new UnsupportedOperationException("there is no client");
    }

    @Override
    public Timers timers() {
        return new NoTimers();
    }

    @Override
    public KeyValues keyValues() {
        throw new UnsupportedOperationException("there are no values");
    }

    @Override
    public <T> Future<T> blocking(Callable<T> work) {
        return Future.failedFuture("there is no pool");
    }

    @Override
    public Future<Sqlite> sqlite(Path file, Sqlite.Mode mode, SqliteLimits limits) {
        return Future.failedFuture("there is no database");
    }

    @Override
    public void changed() {
        // Nobody listens.
    }

    @Override
    public void resourceUpdated(String uri) {
        // Nobody listens.
    }

    private static final class NoTimers implements Timers {
        @Override
        public Timer once(Duration delay, Runnable task) {
            throw new UnsupportedOperationException("there are no timers");
        }

        @Override
        public Timer every(Duration interval, Runnable task) {
            throw new UnsupportedOperationException("there are no timers");
        }
    }
}
