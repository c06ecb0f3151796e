package symbolai.mcp.server.jsonrpc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads JSON as RFC 8259 has it, within limits, and refuses what two parsers could read in two ways. */
public final class StrictJson {

    private static final int MAX_DEPTH = 64;
    private static final int MAX_NUMBER_LENGTH = 100;
    private static final int MAX_NAME_LENGTH = 256;

    private final JsonFactory factory = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .maxNameLength(MAX_NAME_LENGTH)
                    .build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    /**
     * What was read.
     *
     * @param value a JsonObject, JsonArray, String, Number, Boolean or null
     * @param problem what makes it ambiguous, though it is JSON
     */
    public record Parsed(@Nullable Object value, Optional<String> problem) {}

    /**
     * Reads the whole of the bytes.
     *
     * @throws JsonRpcException when they are not JSON or break a limit
     */
    public Parsed parse(Buffer bytes) {
        String text = text(bytes);
        try (JsonParser parser = factory.createParser(text)) {
            return new Reading(parser).whole();
        } catch (JsonProcessingException notJson) {
            throw parseError(
                    "the message is not JSON, or nested deeper or longer in a number or name than is read here");
        } catch (IOException impossible) {
            throw parseError("the message cannot be read");
        }
    }

    private static String text(Buffer bytes) {
        byte[] raw = bytes.getBytes();
        String text = new String(raw, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0) {
            checkEncoding(raw);
        }
        return text;
    }

    private static void checkEncoding(byte[] raw) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw));
        } catch (CharacterCodingException malformed) {
            throw parseError("the message is not UTF-8");
        }
    }

    private static JsonRpcException parseError(String message) {
        return new JsonRpcException(JsonRpcError.PARSE_ERROR, message);
    }

    /** One reading, which remembers the first problem. */
    private static final class Reading {

        private final JsonParser parser;
        private Optional<String> problem = Optional.empty();

        Reading(JsonParser parser) {
            this.parser = parser;
        }

        Parsed whole() throws IOException {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw parseError("the message is empty");
            }
            Object value = value(first);
            if (parser.nextToken() != null) {
                throw parseError("there is something after the end of the message");
            }
            return new Parsed(value, problem);
        }

        private @Nullable Object value(JsonToken token) throws IOException {
            return switch (token) {
                case START_OBJECT -> object();
                case START_ARRAY -> array();
                case VALUE_STRING -> checked(parser.getText());
                case VALUE_NUMBER_INT -> parser.getNumberValue();
                case VALUE_NUMBER_FLOAT -> finite(parser.getDoubleValue());
                case VALUE_TRUE -> true;
                case VALUE_FALSE -> false;
                default -> null;
            };
        }

        private JsonObject object() throws IOException {
            JsonObject object = new JsonObject();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = checked(parser.currentName());
                boolean isRepeated = object.containsKey(name);
                if (isRepeated) {
                    note("the same name stands twice in one object");
                }
                if (name.indexOf('\0') >= 0) {
                    note("a name holds the character U+0000");
                }
                var value = value(parser.nextToken());
                object.put(name, isRepeated ? null : value);
            }
            return object;
        }

        private JsonArray array() throws IOException {
            JsonArray array = new JsonArray();
            JsonToken token = parser.nextToken();
            while (token != JsonToken.END_ARRAY) {
                array.add(value(token));
                token = parser.nextToken();
            }
            return array;
        }

        private String checked(String text) {
            boolean hasLoneSurrogate = text.codePoints().anyMatch(Reading::isSurrogate);
            if (hasLoneSurrogate) {
                note("half of a surrogate pair stands alone");
            }
            return text;
        }

        private static boolean isSurrogate(int codePoint) {
            return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
        }

        private double finite(double number) {
            if (Double.isInfinite(number)) {
                note("a number is too large");
            }
            return number;
        }

        private void note(String what) {
            if (problem.isEmpty()) {
                problem = Optional.of(what);
            }
        }
    }
}
