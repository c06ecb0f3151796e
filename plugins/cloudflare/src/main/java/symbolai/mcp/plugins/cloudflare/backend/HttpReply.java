package symbolai.mcp.plugins.cloudflare.backend;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import symbolai.mcp.api.ByteStream;
import symbolai.mcp.api.Secret;

/**
 * An answer over HTTP.
 *
 * @param status the status code
 * @param headers as they came
 * @param body the whole body; empty when it is streamed
 * @param stream the body of a download that succeeded
 */
public record HttpReply(int status, MultiMap headers, Buffer body, Optional<ByteStream> stream) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
    private static final List<String> ID_HEADERS = List.of("cf-ray", "cf-request-id", "x-request-id");

    /** The same without the headers that repeat the token. */
    HttpReply without(Optional<Secret> token) {
        var fit = MultiMap.caseInsensitiveMultiMap();
        headers.forEach((name, value) -> {
            if (token.filter(secret -> value.contains(secret.reveal())).isEmpty()) {
                fit.add(name, value);
            }
        });
        return new HttpReply(status, fit, body, stream);
    }

    /** Whether the status says that it went well. */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** A header's value, if there is one. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The media type in lower case and without parameters; empty when there is none. */
    public String mediaType() {
        var type = header("content-type").orElse("");
        var end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    /** Whether the media type is that of JSON. */
    public boolean isJson() {
        return mediaType().equals("application/json") || mediaType().endsWith("+json");
    }

    /** The id by which the other side finds the request in its logs. */
    public Optional<String> requestId() {
        return ID_HEADERS.stream()
                .map(headers::get)
                .filter(Objects::nonNull)
                .filter(value -> ID.matcher(value).matches())
                .findFirst();
    }
}
