package symbolai.mcp.plugins.cloudflare.backend;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a JSON object of strangers: a value of another type counts as none, and what must be there fails with {@link Malformed}. */
public final class Fields {

    private final JsonObject json;

    private Fields(JsonObject json) {
        this.json = json;
    }

    /** Reads a value that must be an object. */
    public static Fields of(Object value) {
        if (value instanceof JsonObject object) {
            return new Fields(object);
        }
        throw new Malformed("an object is expected");
    }

    /** Reads a value that may be anything; without fields when it is no object. */
    public static Fields loose(@Nullable Object value) {
        return new Fields(value instanceof JsonObject object ? object : new JsonObject());
    }

    /** The objects that a value holds, when it is an array; what else it holds is left out. */
    public static List<Fields> each(@Nullable Object value) {
        return value instanceof JsonArray array
                ? array.stream()
                        .filter(JsonObject.class::isInstance)
                        .map(Fields::of)
                        .toList()
                : List.of();
    }

    /** A time of RFC 3339, in UTC as our operations give it. */
    public static Optional<String> utc(String text) {
        return instant(text).map(Instant::toString);
    }

    /** A moment that was given in milliseconds since 1970, in UTC as our operations give it. */
    public static Optional<String> utc(Number millis) {
        try {
            return Optional.of(Instant.ofEpochMilli(millis.longValue()).toString());
        } catch (DateTimeException beyond) {
            return Optional.empty();
        }
    }

    /** The objects of an array that may hold nothing else. */
    public static List<Fields> all(JsonArray array) {
        return array.stream().map(Fields::of).toList();
    }

    /** The value as it is, if it is there and not null. */
    public Optional<Object> value(String name) {
        return Optional.ofNullable(json.getValue(name));
    }

    /** A text. */
    public Optional<String> text(String name) {
        return typed(name, String.class);
    }

    /** A text that must be there. */
    public String required(String name) {
        return text(name).orElseThrow(() -> missing(name));
    }

    /** A text that is not empty. */
    public Optional<String> filled(String name) {
        return text(name).filter(text -> !text.isEmpty());
    }

    /** A truth value. */
    public Optional<Boolean> fact(String name) {
        return typed(name, Boolean.class);
    }

    /** A number. */
    public Optional<Number> number(String name) {
        return typed(name, Number.class);
    }

    /** A whole number that is not negative. */
    public Optional<Long> count(String name) {
        return number(name).map(Number::longValue).filter(count -> count >= 0);
    }

    /** An object. */
    public Optional<Fields> object(String name) {
        return typed(name, JsonObject.class).map(Fields::new);
    }

    /** An object; without fields when there is none. */
    public Fields at(String name) {
        return loose(json.getValue(name));
    }

    /** The objects of an array; what else it holds is left out. */
    public List<Fields> each(String name) {
        return each(json.getValue(name));
    }

    /** An array; empty when there is none. */
    public JsonArray array(String name) {
        return typed(name, JsonArray.class).orElseGet(JsonArray::new);
    }

    /** The objects of an array; empty when there is none. */
    public List<Fields> objects(String name) {
        return all(array(name));
    }

    /** The texts of an array. */
    public List<String> texts(String name) {
        return array(name).stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .toList();
    }

    /** A time of RFC 3339, in UTC as our operations give it. */
    public Optional<String> time(String name) {
        return text(name).flatMap(Fields::instant).map(Instant::toString);
    }

    /** A time that must be there. */
    public String requiredTime(String name) {
        return time(name).orElseThrow(() -> missing(name));
    }

    /** The object itself. */
    public JsonObject json() {
        return json;
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException unknown) {
            return Optional.empty();
        }
    }

    private <T> Optional<T> typed(String name, Class<T> type) {
        return value(name).filter(type::isInstance).map(type::cast);
    }

    private static Malformed missing(String name) {
        return new Malformed("it has no " + name);
    }
}
