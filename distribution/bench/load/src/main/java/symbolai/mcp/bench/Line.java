package symbolai.mcp.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** A kept-alive connection with at most one request under way. Not safe for use by several threads. */
final class Line implements AutoCloseable {

    private final SocketChannel channel;
    private final Exchange exchange;
    private final Answer answer = new Answer();
    private int id;
    private long due;

    private Line(SocketChannel channel, Exchange exchange) {
        this.channel = channel;
        this.exchange = exchange;
    }

    /** Connects, and reports to the selector what arrives. */
    static Line open(int port, Exchange exchange, Selector selector) throws IOException {
        var channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        var line = new Line(channel, exchange);
        channel.register(selector, SelectionKey.OP_READ, line);
        return line;
    }

    /** Sends the next request, which was due at a time of {@link System#nanoTime}. */
    void send(long dueAt) throws IOException {
        id = exchange.nextId();
        due = dueAt;
        var out = ByteBuffer.wrap(exchange.request(id));
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }

    /** Reads what is there; says whether it was the rest of the answer, which must be the expected one. */
    boolean isAnswered() throws IOException {
        var in = answer.bytes();
        int read = channel.read(ByteBuffer.wrap(in, answer.filled(), in.length - answer.filled()));
        if (read < 0) {
            throw new EOFException("the server closed the connection");
        }
        if (!answer.isWhole(read)) {
            return false;
        }
        var fault = exchange.fault(answer.status(), answer.bytes(), answer.bodyFrom(), answer.bodyLength(), id);
        if (fault.isPresent()) {
            throw new IOException("not the expected answer: " + fault.get());
        }
        answer.clear();
        return true;
    }

    long due() {
        return due;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
