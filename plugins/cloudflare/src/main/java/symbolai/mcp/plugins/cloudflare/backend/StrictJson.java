package symbolai.mcp.plugins.cloudflare.backend;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads JSON of strangers: bounded in depth and length, each name once, nothing after the value. */
public final class StrictJson {

    /** A blob of two megabytes comes as a list of as many numbers. */
    private static final long MAX_TOKENS = 5_000_000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(100)
                    .maxTokenCount(MAX_TOKENS)
                    .maxNumberLength(400)
                    .maxNameLength(10_000)
                    .maxStringLength(32 << 20)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private StrictJson() {}

    /**
     * The value: a JsonObject, a JsonArray, a String, a Number, a Boolean or null.
     *
     * @throws IOException when it is not JSON, or more than is wanted
     */
    public static @Nullable Object read(Buffer bytes) throws IOException {
        try (var parser = FACTORY.createParser(bytes.getBytes())) {
            parser.nextToken();
            var value = value(parser);
            if (parser.nextToken() != null) {
                throw new IOException("there is more after the value");
            }
            return value;
        }
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        var token = parser.currentToken();
        if (token == null) {
            throw new IOException("there is no value");
        }
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new IOException("a value is expected");
        };
    }

    /** A number that a double cannot hold stays a text. */
    private static Object number(JsonParser parser) throws IOException {
        var number = parser.getNumberValue();
        return Double.isFinite(number.doubleValue()) ? number : parser.getText();
    }

    private static JsonObject object(JsonParser parser) throws IOException {
        var object = new JsonObject();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            parser.nextToken();
            object.put(name, value(parser));
        }
        return object;
    }

    private static JsonArray array(JsonParser parser) throws IOException {
        var array = new JsonArray();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser));
        }
        return array;
    }
}
