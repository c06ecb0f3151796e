package symbolai.mcp.server.http.page;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import symbolai.mcp.server.http.BodyReader;

/** Reads what a form sends: texts, each with a name of its own. */
final class FormReader {

    private static final int LARGEST = 64 << 10;
    private static final int MOST_FIELDS = 200;
    private static final String TYPE = "application/x-www-form-urlencoded";

    Future<JsonObject> read(RoutingContext context) {
        if (!type(context).equals(TYPE)) {
            return Future.failedFuture(new PageProblem(415, "A form is sent as " + TYPE + "."));
        }
        return new BodyReader(context, LARGEST)
                .read()
                .recover(failure -> Future.failedFuture(explained(failure)))
                .map(FormReader::fields);
    }

    private static String type(RoutingContext context) {
        var header =
                Optional.ofNullable(context.request().getHeader("Content-Type")).orElse("");
        var semicolon = header.indexOf(';');
        return (semicolon < 0 ? header : header.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
    }

    private static Throwable explained(Throwable failure) {
        if (failure instanceof BodyReader.TooLarge) {
            return new PageProblem(413, "The form is too large: at most " + LARGEST + " bytes are taken.");
        }
        return failure instanceof TimeoutException
                ? new PageProblem(408, "The form did not arrive in time. Send it again.")
                : failure;
    }

    private static JsonObject fields(Buffer body) {
        var fields = new JsonObject();
        try {
            new QueryStringDecoder(body.toString(StandardCharsets.UTF_8), StandardCharsets.UTF_8, false, MOST_FIELDS)
                    .parameters()
                    .forEach((name, values) -> {
                        if (values.size() > 1) {
                            throw new PageProblem(400, "The form has a field twice.");
                        }
                        fields.put(name, values.get(0));
                    });
            return fields;
        } catch (IllegalArgumentException malformed) {
            throw new PageProblem(400, "The form is malformed.");
        }
    }
}
