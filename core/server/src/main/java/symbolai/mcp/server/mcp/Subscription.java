package symbolai.mcp.server.mcp;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import symbolai.mcp.server.tools.CatalogChange;
import symbolai.mcp.server.tools.Catalogs;
import symbolai.mcp.server.tools.Registration;
import symbolai.mcp.server.tools.Task;
import symbolai.mcp.server.tools.Tasks;

/** One stream of {@code subscriptions/listen}: acknowledges first, then tells what was asked for and nothing else. */
final class Subscription {

    private static final String ID = "io.modelcontextprotocol/subscriptionId";

    private final Object id;
    private final Subscriptions.Filter filter;
    private final Predicate<String> hears;
    private final Exchange exchange;
    private final TaskJson json;
    private final Promise<JsonObject> end = Promise.promise();
    private final List<Registration> registrations = new ArrayList<>();

    /**
     * A stream that does not listen yet.
     *
     * @param hears whether the resource of a URI may be told of at this moment
     */
    Subscription(Object id, Subscriptions.Filter filter, Predicate<String> hears, Exchange exchange, TaskJson json) {
        this.id = id;
        this.filter = filter;
        this.hears = hears;
        this.exchange = exchange;
        this.json = json;
    }

    /** Acknowledges and starts to listen. */
    synchronized void begin(Catalogs catalogs, Tasks tasks) {
        tell("notifications/subscriptions/acknowledged", new JsonObject().put("notifications", filter.json()));
        registrations.add(catalogs.onChange(this::changed));
        registrations.add(catalogs.onResourceUpdated(this::updated));
        registrations.add(tasks.onChange(this::changed));
        exchange.cancellation().onCancel(this::stop);
    }

    /** Succeeds with the result when the server ends the stream; never, when the client does. */
    Future<JsonObject> ended() {
        return end.future();
    }

    /** Ends the stream with a result. */
    void end() {
        stop();
        end.tryComplete(new JsonObject().put("_meta", new JsonObject().put(ID, id)));
    }

    private synchronized void stop() {
        registrations.forEach(Registration::close);
        registrations.clear();
    }

    private synchronized void changed(CatalogChange change) {
        if (change.tools() && filter.tools()) {
            tell("notifications/tools/list_changed", new JsonObject());
        }
        if (change.prompts() && filter.prompts()) {
            tell("notifications/prompts/list_changed", new JsonObject());
        }
        if (change.resources() && filter.resourceList()) {
            tell("notifications/resources/list_changed", new JsonObject());
        }
    }

    private synchronized void updated(String uri) {
        if (filter.resources().contains(uri) && hears.test(uri)) {
            tell("notifications/resources/updated", new JsonObject().put("uri", uri));
        }
    }

    private synchronized void changed(Task task) {
        if (filter.taskIds().contains(task.id())) {
            tell("notifications/tasks", json.details(task));
        }
    }

    private void tell(String method, JsonObject params) {
        exchange.notify(method, params.put("_meta", new JsonObject().put(ID, id)));
    }
}
