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
import java.util.regex.Pattern;

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

    private static final Pattern BEGINNING =
            Pattern.compile("--([-A-Za-z0-9_']{10,70})\\r\\nContent-Disposition: form-data;");
    private static final int LONGEST_BEGINNING = 200;
    private static final int MOST_PARTS = 300;
    private static final int MOST_HEADERS = 16 * 1024;

    private Multipart() {}

    /** Whether the request says that its body is a form. */
    static boolean isSaid(V4Request request) {
        return said(request).isPresent();
    }

    /** Whether the body is a form, said or not. */
    static boolean isIn(V4Request request) {
        return contentType(request).isPresent();
    }

    private static Optional<String> said(V4Request request) {
        return request.header("Content-Type")
                .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data"));
    }

    /** Cloudflare's SDK says that a form with a script is a script; then the form's first line says what it is. */
    private static Optional<String> contentType(V4Request request) {
        return said(request).or(() -> sniffed(request.body()));
    }

    private static Optional<String> sniffed(Buffer body) {
        var beginning = body.getString(0, Math.min(body.length(), LONGEST_BEGINNING), "ISO-8859-1");
        var matcher = BEGINNING.matcher(beginning);
        return matcher.lookingAt()
                ? Optional.of("multipart/form-data; boundary=" + matcher.group(1))
                : Optional.empty();
    }

    /** Reads the parts in their order. */
    static List<Part> parts(V4Request request) {
        var content = Unpooled.wrappedBuffer(request.body().getBytes());
        var message = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/", content);
        message.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType(request).orElse(""));
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
