package symbolai.mcp.plugins.local.store;

import static symbolai.mcp.testkit.Answers.await;
import static symbolai.mcp.testkit.Answers.failure;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import symbolai.mcp.api.Cancellation;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Deadline;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Reply;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.testkit.CheckedConnection;

/** Sends operations to one family and checks both sides against docs/operations.md. */
public final class Asked implements Connection {

    private final Map<String, Function<Operation, Future<Reply>>> operations = new HashMap<>();
    private final CheckedConnection checked = new CheckedConnection(this);

    public Asked(
            Map<String, Function<Operation, Future<JsonObject>>> json,
            Map<String, Function<Operation, Future<Reply>>> downloads) {
        json.forEach((name, work) -> operations.put(name, work.andThen(future -> future.map(Reply::new))));
        operations.putAll(downloads);
    }

    public JsonObject read(String operation, JsonObject arguments) {
        return reply(operation, arguments).json();
    }

    public Reply reply(String operation, JsonObject arguments) {
        return await(checked.invoke(operation(operation, arguments, Operation.Access.READ)));
    }

    public JsonObject write(String operation, JsonObject arguments) {
        return await(checked.invoke(operation(operation, arguments, Operation.Access.WRITE)))
                .json();
    }

    /** The arguments are not checked: they may be wrong on purpose. */
    public ToolException refused(String operation, Operation.Access access, JsonObject arguments) {
        return failure(
                Future.succeededFuture(operation(operation, arguments, access)).compose(this::invoke));
    }

    public static JsonObject arguments(Object... namesAndValues) {
        var json = new JsonObject();
        for (var index = 0; index < namesAndValues.length; index += 2) {
            json.put(String.valueOf(namesAndValues[index]), namesAndValues[index + 1]);
        }
        return json;
    }

    public static JsonArray array(Object... values) {
        var json = new JsonArray();
        for (var value : values) {
            json.add(value);
        }
        return json;
    }

    @Override
    public Set<String> operations() {
        return operations.keySet();
    }

    @Override
    public Future<Reply> invoke(Operation operation) {
        return operations.get(operation.name()).apply(operation);
    }

    @Override
    public void close() {}

    private static Operation operation(String name, JsonObject arguments, Operation.Access access) {
        return new Operation(name, arguments, access, Deadline.after(Duration.ofSeconds(30)), Cancellation.NEVER);
    }
}
