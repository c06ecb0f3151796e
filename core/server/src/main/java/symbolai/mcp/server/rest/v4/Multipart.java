package symbolai.mcp.server.rest.v4;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpData;
import io.netty.handler.codec.http.multipart.HttpPostMultipartRequestDecoder;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The parts of a form whose values may be bytes. */
final class Multipart {

    /**
     * One part.
     *
     * @param name of the field
     * @param fileName the name that the file has, where the part is one
     * @param contentType where it is said
     */
    record Part(String name, String fileName, Optional<String> contentType, Buffer bytes) {

        String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }

    private static final int MOST_PARTS = 300;
    private static final int MOST_HEADERS = 16 * 1024;

    private Multipart() {}

    static boolean isIn(V4Request request) {
        return request.header("Content-Type")
                .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data"))
                .isPresent();
    }

    /** Reads the parts in their order. */
    static List<Part> parts(V4Request request) {
        var content = Unpooled.wrappedBuffer(request.body().getBytes());
        var message = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/", content);
        message.headers()
                .set(
                        HttpHeaderNames.CONTENT_TYPE,
                        request.header("Content-Type").orElse(""));
        try {
            var decoder = new HttpPostMultipartRequestDecoder(
                    new DefaultHttpDataFactory(false), message, StandardCharsets.UTF_8, MOST_PARTS, MOST_HEADERS);
            try {
                return parts(decoder);
            } finally {
                decoder.destroy();
            }
        } catch (HttpPostRequestDecoder.ErrorDataDecoderException
                | HttpPostRequestDecoder.TooManyFormFieldsException
                | HttpPostRequestDecoder.TooLongFormFieldException malformed) {
            throw new V4Error(400, 10001, "the body is not well-formed multipart/form-data");
        }
    }

    static Optional<Part> part(List<Part> parts, String name) {
        return parts.stream().filter(part -> part.name().equals(name)).findFirst();
    }

    private static List<Part> parts(HttpPostMultipartRequestDecoder decoder) {
        var parts = new ArrayList<Part>();
        for (var data : decoder.getBodyHttpDatas()) {
            if (data instanceof HttpData field) {
                parts.add(part(field));
            }
        }
        return parts;
    }

    private static Part part(HttpData field) {
        try {
            var bytes = Buffer.buffer(field.get());
            return field instanceof FileUpload file
                    ? new Part(
                            file.getName(),
                            String.valueOf(file.getFilename()),
                            Optional.ofNullable(file.getContentType()),
                            bytes)
                    : new Part(field.getName(), "", Optional.empty(), bytes);
        } catch (IOException memoryDoesNotFail) {
            throw new UncheckedIOException(memoryDoesNotFail);
        }
    }
}
