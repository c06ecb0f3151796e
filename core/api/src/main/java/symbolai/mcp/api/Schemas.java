package symbolai.mcp.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * Short words for the JSON Schemas that tools need most. Anything else is written as a {@link JsonObject}.
 *
 * <pre>{@code
 * Schemas.object()
 *         .required("databaseId", Schemas.string("The UUID of the database."))
 *         .optional("page", Schemas.integer("Which page, from 1."))
 *         .build()
 * }</pre>
 */
public final class Schemas {

    private Schemas() {}

    /** Starts an object that allows no other properties than those named. */
    public static ObjectSchema object() {
        return new ObjectSchema();
    }

    /** A text. */
    public static JsonObject string(String description) {
        return described("string", description);
    }

    /** A whole number. */
    public static JsonObject integer(String description) {
        return described("integer", description);
    }

    /** A number. */
    public static JsonObject number(String description) {
        return described("number", description);
    }

    /** True or false. */
    public static JsonObject bool(String description) {
        return described("boolean", description);
    }

    /** A list whose elements all match one schema. */
    public static JsonObject array(String description, JsonObject items) {
        return described("array", description).put("items", items);
    }

    private static JsonObject described(String type, String description) {
        return new JsonObject().put("type", type).put("description", description);
    }

    /** Collects the properties of an object; made by {@link Schemas#object}. */
    public static final class ObjectSchema {

        private final JsonObject properties = new JsonObject();
        private final JsonArray required = new JsonArray();

        private ObjectSchema() {}

        /** A property that must be there. */
        public ObjectSchema required(String name, JsonObject schema) {
            properties.put(name, schema);
            required.add(name);
            return this;
        }

        /** A property that may be left out. */
        public ObjectSchema optional(String name, JsonObject schema) {
            properties.put(name, schema);
            return this;
        }

        /** The schema; each call makes a new one. */
        public JsonObject build() {
            var schema = new JsonObject().put("type", "object").put("properties", properties.copy());
            if (!required.isEmpty()) {
                schema.put("required", required.copy());
            }
            return schema.put("additionalProperties", false);
        }

        /** The schema with a description, for an object inside another one. */
        public JsonObject build(String description) {
            return build().put("description", description);
        }
    }
}
