package symbolai.mcp.testkit;

import static symbolai.mcp.testkit.Answers.await;
import static symbolai.mcp.testkit.Answers.failure;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.UUID;
import symbolai.mcp.api.ByteStream;
import symbolai.mcp.api.Cancellation;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Deadline;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Reply;
import symbolai.mcp.api.ToolException;

/** Sends operations to a connection, as contracts do it: held to their schemas, with time enough, and waited for. */
final class Asking {

    private final Connection connection;

    Asking(Connection connection) {
        this.connection = new CheckedConnection(connection);
    }

    boolean can(String operation) {
        return connection.operations().contains(operation);
    }

    JsonObject read(String operation, JsonObject arguments) {
        return await(send(operation, arguments, Operation.Access.READ)).json();
    }

    JsonObject write(String operation, JsonObject arguments) {
        return await(send(operation, arguments, Operation.Access.WRITE)).json();
    }

    ToolException.Reason refusedRead(String operation, JsonObject arguments) {
        return failure(send(operation, arguments, Operation.Access.READ)).reason();
    }

    ToolException.Reason refusedWrite(String operation, JsonObject arguments) {
        return failure(send(operation, arguments, Operation.Access.WRITE)).reason();
    }

    /** The bytes of a reply that has some. */
    Buffer bytes(String operation, JsonObject arguments) {
        return await(send(operation, arguments, Operation.Access.READ)
                .compose(reply -> collect(reply.body().orElseThrow())));
    }

    /** A name that nobody has yet. */
    static String fresh(String beginning) {
        return beginning + "-" + UUID.randomUUID().toString().substring(0, 13);
    }

    private Future<Reply> send(String operation, JsonObject arguments, Operation.Access access) {
        return connection.invoke(new Operation(
                operation, arguments, access, Deadline.after(Duration.ofSeconds(20)), Cancellation.NEVER));
    }

    private static Future<Buffer> collect(ByteStream stream) {
        var bytes = Buffer.buffer();
        var whole = Promise.<Buffer>promise();
        stream.exceptionHandler(whole::tryFail)
                .handler(bytes::appendBuffer)
                .endHandler(end -> whole.tryComplete(bytes));
        stream.resume();
        return whole.future();
    }
}
