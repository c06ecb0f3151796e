package symbolai.mcp.server.http.control;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;

/** The JSON body of a control request, whose members are read with their types. */
final class ControlBody {

    private static final int LARGEST = 16 << 20;

    private final JsonObject json;

    private ControlBody(JsonObject json) {
        this.json = json;
    }

    /** Goes before each route that reads a body. */
    static BodyHandler handler() {
        return BodyHandler.create(false).setBodyLimit(LARGEST);
    }

    static ControlBody of(RoutingContext context) {
        var buffer = Optional.ofNullable(context.body().buffer()).orElseGet(Buffer::buffer);
        try {
            if (buffer.length() > 0 && Json.decodeValue(buffer) instanceof JsonObject object) {
                return new ControlBody(object);
            }
        } catch (DecodeException notJson) {
            // Said below.
        }
        throw invalid("The body must be a JSON object.");
    }

    static Role role(String text) {
        return Stream.of(Role.values())
                .filter(role -> role.text().equals(text))
                .findFirst()
                .orElseThrow(() -> invalid("The role must be one of "
                        + String.join(
                                ", ", Stream.of(Role.values()).map(Role::text).toList()) + "."));
    }

    String text(String name) {
        return optionalText(name).orElseThrow(() -> invalid("The member " + name + " is missing."));
    }

    Optional<String> optionalText(String name) {
        return member(name, String.class, "a text");
    }

    Optional<Integer> optionalNumber(String name) {
        return member(name, Integer.class, "a whole number");
    }

    boolean flag(String name) {
        return member(name, Boolean.class, "true or false").orElse(false);
    }

    JsonObject object(String name) {
        return member(name, JsonObject.class, "an object").orElseGet(JsonObject::new);
    }

    List<String> texts(String name) {
        var elements = member(name, JsonArray.class, "a list of texts").orElseGet(JsonArray::new);
        if (!elements.stream().allMatch(String.class::isInstance)) {
            throw invalid("The member " + name + " must be a list of texts.");
        }
        return elements.stream().map(String.class::cast).toList();
    }

    private <T> Optional<T> member(String name, Class<T> type, String expected) {
        var value = Optional.ofNullable(json.getValue(name));
        if (value.isPresent() && !type.isInstance(value.get())) {
            throw invalid("The member " + name + " must be " + expected + ".");
        }
        return value.map(type::cast);
    }

    private static ToolException invalid(String message) {
        return new ToolException(Reason.INVALID, message);
    }
}
