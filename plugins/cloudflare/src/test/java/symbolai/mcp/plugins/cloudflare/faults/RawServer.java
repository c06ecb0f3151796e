package symbolai.mcp.plugins.cloudflare.faults;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import symbolai.mcp.testkit.Answers;

/** A server of HTTP/1.1 that remembers each request and answers with any bytes whatever. */
public final class RawServer implements AutoCloseable {

    private final Vertx vertx;
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final Handler handler;
    private final NetServer server;

    /** What happens to a request. */
    @FunctionalInterface
    public interface Handler {

        /** Called on the socket's event loop. */
        void handle(Seen request, NetSocket socket, Vertx vertx);
    }

    /**
     * A server that does not listen yet.
     *
     * @param vertx what it runs on; the server does not close it
     * @param abrupt whether a connection that it closes is reset
     */
    public RawServer(Vertx vertx, boolean abrupt, Handler handler) {
        this.vertx = vertx;
        this.handler = handler;
        var options = new NetServerOptions().setHost("127.0.0.1").setPort(0);
        this.server =
                vertx.createNetServer(abrupt ? options.setSoLinger(0) : options).connectHandler(this::read);
    }

    /** A server that listens and gives good answers. */
    public static RawServer answering(Vertx vertx, Function<Seen, Answer> answers) {
        Handler handler =
                (request, socket, on) -> socket.write(answers.apply(request).whole());
        return new RawServer(vertx, false, handler).listen();
    }

    /** Listens on a free port. */
    public RawServer listen() {
        Answers.await(server.listen());
        return this;
    }

    /** Where it listens. */
    public String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    /** The requests so far. */
    public List<Seen> seen() {
        return seen;
    }

    private void read(NetSocket socket) {
        var read = new AtomicReference<>(Buffer.buffer());
        socket.exceptionHandler(broken -> {});
        socket.handler(bytes -> {
            read.get().appendBuffer(bytes);
            whole(read.get()).ifPresent(request -> {
                read.set(Buffer.buffer());
                seen.add(request);
                handler.handle(request, socket, vertx);
            });
        });
    }

    /** Clients here send one request after another, so that what is read is one request or the beginning of one. */
    private static Optional<Seen> whole(Buffer read) {
        var text = read.toString(StandardCharsets.ISO_8859_1);
        var end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return Optional.empty();
        }
        var lines = text.substring(0, end).split("\r\n");
        Map<String, String> headers = new TreeMap<>();
        for (var index = 1; index < lines.length; index++) {
            var colon = lines[index].indexOf(':');
            headers.put(
                    lines[index].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[index].substring(colon + 1).strip());
        }
        var length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        if (read.length() < end + 4 + length) {
            return Optional.empty();
        }
        var first = lines[0].split(" ");
        return Optional.of(
                new Seen(first[0], first[1], headers, Buffer.buffer(read.getBytes(end + 4, end + 4 + length))));
    }

    @Override
    public void close() {
        Answers.await(server.close());
    }
}
