package symbolai.mcp.api;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A context for families that need nothing of it. */
final class NoContext implements FamilyContext {

    @Override
    public String plugin() {
        return "example";
    }

    @Override
    public JsonObject config() {
        return new JsonObject();
    }

    @Override
    public Logger logger() {
        return LoggerFactory.getLogger("plugin.example");
    }

    @Override
    public Path folder() {
        throw new UnsupportedOperationException("folder");
    }

    @Override
    public HttpClient httpClient() {
        throw new UnsupportedOperationException("httpClient");
    }

    @Override
    public Timers timers() {
        throw new UnsupportedOperationException("timers");
    }

    @Override
    public KeyValues keyValues() {
        throw new UnsupportedOperationException("keyValues");
    }

    @Override
    public <T> Future<T> blocking(Callable<T> work) {
        throw new UnsupportedOperationException("blocking");
    }

    @Override
    public Future<Sqlite> sqlite(Path file, Sqlite.Mode mode, SqliteLimits limits) {
        throw new UnsupportedOperationException("sqlite");
    }

    @Override
    public void changed() {}

    @Override
    public void resourceUpdated(String uri) {}
}
