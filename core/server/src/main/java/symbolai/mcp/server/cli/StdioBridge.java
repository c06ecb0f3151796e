package symbolai.mcp.server.cli;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.io.IOException;

/** Carries bytes between a client on standard input and output and the server behind a request. */
final class StdioBridge {

    private static final int CHUNK = 64 * 1024;

    private final Vertx vertx;
    private final Streams streams;

    StdioBridge(Vertx vertx, Streams streams) {
        this.vertx = vertx;
        this.streams = streams;
    }

    /** Succeeds when the server has said its last. */
    Future<Void> join(HttpClientRequest request) {
        request.setChunked(true);
        var answered = request.response().compose(this::copyAnswer);
        return request.writeHead().onSuccess(sent -> copyInput(request)).compose(sent -> answered);
    }

    /** Reading standard input blocks for as long as the client is silent, so it has a thread of its own. */
    private void copyInput(HttpClientRequest request) {
        var thread = new Thread(() -> readAll(request), "symbolai-mcp-stdin");
        thread.setDaemon(true);
        thread.start();
    }

    private void readAll(HttpClientRequest request) {
        var chunk = new byte[CHUNK];
        try {
            for (var read = streams.in().read(chunk);
                    read >= 0;
                    read = streams.in().read(chunk)) {
                Waiting.on(request.write(Buffer.buffer().appendBytes(chunk, 0, read)));
            }
            Waiting.on(request.end());
        } catch (IOException | RuntimeException gone) {
            request.reset();
        }
    }

    /** A client that does not read must not hold up the event loop: one piece at a time, on a worker. */
    private Future<Void> copyAnswer(HttpClientResponse response) {
        if (response.statusCode() != 200) {
            return Future.failedFuture(
                    new CommandFailed(CommandFailed.FAILED, "The server answered " + response.statusCode() + "."));
        }
        var over = Promise.<Void>promise();
        response.exceptionHandler(
                gone -> over.tryFail(new CommandFailed(CommandFailed.FAILED, "The server has closed the connection.")));
        response.endHandler(end -> vertx.executeBlocking(() -> true).onComplete(written -> over.tryComplete()));
        response.handler(piece -> write(response, piece));
        return over.future();
    }

    private void write(HttpClientResponse response, Buffer piece) {
        response.pause();
        vertx.executeBlocking(() -> print(piece)).onComplete(written -> response.resume());
    }

    private boolean print(Buffer piece) {
        streams.out().write(piece.getBytes(), 0, piece.length());
        return !streams.out().checkError();
    }
}
