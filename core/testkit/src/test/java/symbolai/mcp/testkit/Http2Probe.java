package symbolai.mcp.testkit;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Writes HTTP/2 that no client would write, frame by frame, and tells what comes back. */
record Http2Probe(SSLContext tls, int port) {

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int GOAWAY = 7;
    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;

    static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int PRIORITY_FLAG = 32;
    private static final int PRIORITY_BYTES = 5;
    private static final int PATIENCE_MILLIS = 10_000;

    /** What a stream got: the statuses of all answers, and whether it or its connection was ended with an error. */
    record Seen(List<String> statuses, boolean reset) {}

    /** Sends the frames of stream 1, and listens until it is ended. */
    Seen send(byte[]... frames) throws IOException, Http2Exception {
        try (var socket = (SSLSocket) tls.getSocketFactory().createSocket("127.0.0.1", port)) {
            var parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            socket.setSSLParameters(parameters);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.startHandshake();
            socket.getOutputStream().write(joined(PREFACE, frame(SETTINGS, 0, 0, new byte[0]), joined(frames)));
            return listen(new DataInputStream(socket.getInputStream()));
        }
    }

    private static Seen listen(DataInputStream in) throws IOException, Http2Exception {
        var decoder = new DefaultHttp2HeadersDecoder();
        var statuses = new ArrayList<String>();
        try {
            while (true) {
                int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
                int type = in.readUnsignedByte();
                int flags = in.readUnsignedByte();
                int stream = in.readInt();
                var payload = in.readNBytes(length);
                if (type == RST_STREAM && stream == 1 || type == GOAWAY) {
                    return new Seen(statuses, true);
                }
                if (type == HEADERS) {
                    int before = (flags & PRIORITY_FLAG) == 0 ? 0 : PRIORITY_BYTES;
                    var block = Unpooled.wrappedBuffer(payload, before, length - before);
                    statuses.add(decoder.decodeHeaders(stream, block).status().toString());
                }
                if ((type == HEADERS || type == DATA) && (flags & END_STREAM) != 0) {
                    return new Seen(statuses, false);
                }
            }
        } catch (EOFException | SocketException closed) {
            return new Seen(statuses, true);
        }
    }

    /** A frame of stream 1 with these names and values, in their order and as they are. */
    static byte[] headers(int flags, String... namesAndValues) {
        var block = new ByteArrayOutputStream();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            block.write(0);
            literal(block, namesAndValues[i]);
            literal(block, namesAndValues[i + 1]);
        }
        return frame(HEADERS, END_HEADERS | flags, 1, block.toByteArray());
    }

    private static void literal(ByteArrayOutputStream block, String text) {
        var bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length > 126) {
            throw new IllegalArgumentException("longer than one byte can say: " + text);
        }
        block.write(bytes.length);
        block.writeBytes(bytes);
    }

    static byte[] data(String text) {
        return frame(DATA, END_STREAM, 1, text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] frame(int type, int flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .put((byte) (payload.length >> 16))
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    static byte[] joined(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (var part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
