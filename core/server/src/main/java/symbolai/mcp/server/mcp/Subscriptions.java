package symbolai.mcp.server.mcp;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import symbolai.mcp.api.Caller;
import symbolai.mcp.server.jsonrpc.JsonRpcError;
import symbolai.mcp.server.jsonrpc.JsonRpcException;
import symbolai.mcp.server.jsonrpc.JsonRpcMessage;
import symbolai.mcp.server.tools.Catalogs;
import symbolai.mcp.server.tools.Task;
import symbolai.mcp.server.tools.Tasks;

/** Opens the streams of {@code subscriptions/listen}. */
final class Subscriptions {

    private static final int MAX_NAMES = 1000;
    private static final int MAX_STREAMS_OF_A_CALLER = 100;
    private static final int MAX_STREAMS = 10_000;

    private final Catalogs catalogs;
    private final Tasks tasks;
    private final BiPredicate<Caller, String> hears;
    private final TaskJson json;
    private final Results results;
    private final StreamLimit limit = new StreamLimit(MAX_STREAMS_OF_A_CALLER, MAX_STREAMS);
    private final Set<Subscription> open = ConcurrentHashMap.newKeySet();

    /**
     * No streams yet.
     *
     * @param hears whether a caller may be told of a resource at this moment
     */
    Subscriptions(Catalogs catalogs, Tasks tasks, BiPredicate<Caller, String> hears, TaskJson json, Results results) {
        this.catalogs = catalogs;
        this.tasks = tasks;
        this.hears = hears;
        this.json = json;
        this.results = results;
    }

    /**
     * What a client listens to.
     *
     * @param resources the URIs whose updates are told
     * @param taskIds the tasks whose changes are told
     */
    record Filter(boolean tools, boolean prompts, boolean resourceList, Set<String> resources, Set<String> taskIds) {

        Filter {
            resources = new LinkedHashSet<>(resources);
            taskIds = new LinkedHashSet<>(taskIds);
        }

        /** What is honoured, as the acknowledgement says it. */
        JsonObject json() {
            var json = new JsonObject();
            putTrue(json, "toolsListChanged", tools);
            putTrue(json, "promptsListChanged", prompts);
            putTrue(json, "resourcesListChanged", resourceList);
            putNames(json, "resourceSubscriptions", resources);
            putNames(json, "taskIds", taskIds);
            return json;
        }

        private static void putTrue(JsonObject json, String name, boolean wanted) {
            if (wanted) {
                json.put(name, true);
            }
        }

        private static void putNames(JsonObject json, String name, Set<String> names) {
            if (!names.isEmpty()) {
                json.put(name, new JsonArray(List.copyOf(names)));
            }
        }
    }

    /** Listens until the client goes away or the server closes; the future is the result that ends the stream gracefully. */
    Future<Buffer> open(JsonRpcMessage.Request request, ClientProfile client, Caller caller, Exchange exchange) {
        var wanted = new Params(request.params()).required("notifications");
        var filter = new Filter(
                flag(wanted, "toolsListChanged"),
                flag(wanted, "promptsListChanged"),
                flag(wanted, "resourcesListChanged"),
                names(wanted, "resourceSubscriptions"),
                names(wanted, "taskIds"));
        if (wanted.json().containsKey("taskIds")) {
            TaskMethods.requireTasks(client);
        }
        return known(filter.taskIds(), caller).compose(found -> listen(request, filter, found, caller, exchange));
    }

    /** Ends all streams with a result. */
    void close() {
        List.copyOf(open).forEach(Subscription::end);
    }

    private Future<Buffer> listen(
            JsonRpcMessage.Request request, Filter filter, List<Task> found, Caller caller, Exchange exchange) {
        if (!limit.take(caller.id())) {
            return Future.failedFuture(new JsonRpcException(JsonRpcError.REFUSED, limit.refusal()));
        }
        var ids = new LinkedHashSet<String>();
        found.forEach(task -> ids.add(task.id()));
        var honoured = new Filter(
                filter.tools(), filter.prompts(), filter.resourceList(), heard(filter.resources(), caller), ids);
        var subscription = new Subscription(request.id(), honoured, uri -> hears.test(caller, uri), exchange, json);
        open.add(subscription);
        exchange.cancellation().onCancel(() -> forget(subscription, caller));
        subscription.begin(catalogs, tasks);
        return subscription
                .ended()
                .onSuccess(ended -> forget(subscription, caller))
                .map(result -> results.typed("complete", result, ProtocolVersion.V2026_07_28)
                        .toBuffer());
    }

    private Set<String> heard(Set<String> uris, Caller caller) {
        var heard = new LinkedHashSet<>(uris);
        heard.removeIf(uri -> !hears.test(caller, uri));
        return heard;
    }

    private void forget(Subscription subscription, Caller caller) {
        if (open.remove(subscription)) {
            limit.give(caller.id());
        }
    }

    private Future<List<Task>> known(Set<String> ids, Caller caller) {
        var found = Future.<List<Task>>succeededFuture(new ArrayList<>());
        for (var id : ids) {
            found = found.compose(sofar -> tasks.get(id, caller).map(task -> with(sofar, task)));
        }
        return found;
    }

    private static List<Task> with(List<Task> tasks, Optional<Task> task) {
        task.ifPresent(tasks::add);
        return tasks;
    }

    private static boolean flag(Params wanted, String name) {
        var value = wanted.json().getValue(name);
        if (value == null || value instanceof Boolean) {
            return Boolean.TRUE.equals(value);
        }
        throw Params.invalid("notifications." + name + " must be true or false");
    }

    private static Set<String> names(Params wanted, String name) {
        var value = wanted.json().getValue(name);
        if (value == null) {
            return Set.of();
        }
        var names = new LinkedHashSet<String>();
        if (value instanceof JsonArray array && array.size() <= MAX_NAMES) {
            array.stream().filter(String.class::isInstance).forEach(text -> names.add((String) text));
            if (names.size() == array.stream().distinct().count()) {
                return names;
            }
        }
        throw Params.invalid("notifications." + name + " must be an array of at most " + MAX_NAMES + " texts");
    }
}
