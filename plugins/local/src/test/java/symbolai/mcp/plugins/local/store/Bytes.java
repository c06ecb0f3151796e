package symbolai.mcp.plugins.local.store;

import static symbolai.mcp.testkit.Answers.await;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import symbolai.mcp.api.ByteStream;

/** Reads a stream to its end as the host does: on one event loop, one piece after another. */
public final class Bytes {

    private Bytes() {}

    public static byte[] of(ByteStream stream) {
        var vertx = Vertx.vertx();
        try {
            return await(read(vertx, stream)).getBytes();
        } finally {
            await(vertx.close());
        }
    }

    private static Future<Buffer> read(Vertx vertx, ByteStream stream) {
        Promise<Buffer> done = Promise.promise();
        var all = Buffer.buffer();
        vertx.getOrCreateContext().runOnContext(run -> {
            stream.handler(piece -> {
                all.appendBuffer(piece);
                stream.fetch(1);
            });
            stream.endHandler(end -> done.complete(all));
            stream.exceptionHandler(done::fail);
            stream.fetch(1);
        });
        return done.future();
    }
}
