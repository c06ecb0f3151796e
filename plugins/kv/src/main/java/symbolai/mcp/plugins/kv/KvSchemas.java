package symbolai.mcp.plugins.kv;

import static symbolai.mcp.api.Schemas.array;
import static symbolai.mcp.api.Schemas.bool;
import static symbolai.mcp.api.Schemas.integer;
import static symbolai.mcp.api.Schemas.string;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import symbolai.mcp.api.PlanHash;
import symbolai.mcp.api.Schemas;

/** The JSON Schemas of what the KV tools take and give. */
final class KvSchemas {

    private static final int LONGEST_TITLE = 512;
    private static final int LONGEST_BASE64 = 34_952_536;
    private static final int LONGEST_TTL = 2_000_000_000;

    private KvSchemas() {}

    static JsonObject namespaceId() {
        return string("The id of the namespace (32 hex digits), or its title.")
                .put("minLength", 1)
                .put("maxLength", LONGEST_TITLE);
    }

    static JsonObject title() {
        return string("The title: 1 to 512 characters.").put("minLength", 1).put("maxLength", LONGEST_TITLE);
    }

    static JsonObject key() {
        return string("The key: 1 to 512 bytes in UTF-8; may hold slashes.")
                .put("minLength", 1)
                .put("maxLength", KvKey.MOST_BYTES);
    }

    static JsonObject keys(int most) {
        return array("The keys, each once.", key()).put("minItems", 1).put("maxItems", most);
    }

    /** The properties of a value to write, beside its key. */
    static Schemas.ObjectSchema value(Schemas.ObjectSchema object) {
        return object.optional("text", string("The value as text.").put("maxLength", KvEntry.MOST_BYTES))
                .optional(
                        "base64",
                        string("The value in base64, instead of text.").put("maxLength", LONGEST_BASE64))
                .optional(
                        "expirationTtl",
                        integer("After how many seconds the key is gone; at least 60.")
                                .put("minimum", KvEntry.LEAST_SECONDS)
                                .put("maximum", LONGEST_TTL))
                .optional(
                        "expiration",
                        string(
                                        "When the key is gone, ISO 8601, instead of expirationTtl; at least 60 seconds from now.")
                                .put("maxLength", 40))
                .optional("metadata", metadata("Stored beside the value: any JSON but null, at most 1024 bytes."));
    }

    static JsonObject entries(int most) {
        var entry = value(Schemas.object().required("key", key())).build("A key and its value.");
        return array("What to write, each key once.", entry).put("minItems", 1).put("maxItems", most);
    }

    static JsonObject namespace() {
        return Schemas.object()
                .required("id", string("The id."))
                .required("title", string("The title."))
                .optional("jurisdiction", string("Where the data are kept, where that is limited."))
                .build();
    }

    static JsonObject namespaceList() {
        return Schemas.object()
                .required("namespaces", array("The namespaces, by title.", namespace()))
                .required("count", integer("How many are here."))
                .optional("nextPage", integer("The number of the next page, where there is one."))
                .build();
    }

    static JsonObject keyList() {
        var key = Schemas.object()
                .required("name", string("The key."))
                .optional("expiration", string("When it is gone, ISO 8601 in UTC."))
                .optional("metadata", metadata("What is stored beside the value."))
                .build("A key.");
        return Schemas.object()
                .required("keys", array("The keys, in the order of their bytes.", key))
                .required("count", integer("How many are here."))
                .optional("cursor", string("Where to go on; there when there are more."))
                .build();
    }

    static JsonObject shownValue() {
        return place().required("bytes", integer("How many bytes the value has."))
                .required("truncated", bool("Whether only the beginning is here."))
                .optional("hint", string("What to do about a cut value."))
                .optional("text", string("The value, when it is text."))
                .optional("base64", string("The value in base64, when it is no text."))
                .optional("expiration", string("When it is gone, ISO 8601 in UTC."))
                .optional("metadata", metadata("What is stored beside the value."))
                .build();
    }

    static JsonObject written() {
        return place().required("bytes", integer("How many bytes were written."))
                .build();
    }

    static JsonObject deleted() {
        return place().build();
    }

    static JsonObject manyValues() {
        var value = Schemas.object()
                .required("key", string("The key."))
                .optional("text", string("The value, when it is text."))
                .optional("base64", string("The value in base64, when it is no text."))
                .optional("metadata", metadata("What is stored beside the value."))
                .build("A value.");
        return Schemas.object()
                .required("values", array("The values that were found.", value))
                .required("count", integer("How many values are here."))
                .required("missing", array("Keys that are not there.", string("A key.")))
                .required("omitted", array("Keys whose values were too much to show; ask for fewer.", string("A key.")))
                .build();
    }

    static JsonObject bulk(String counted, String description) {
        return Schemas.object()
                .required("namespaceId", string("The id of the namespace."))
                .required("dryRun", bool("Whether this was only a look, and nothing was changed."))
                .required("count", integer("How many keys were given."))
                .required("existingCount", integer("How many of them existed before."))
                .required("existingKeys", array("The first 20 of those.", string("A key.")))
                .optional(PlanHash.ARGUMENT, PlanHash.result())
                .optional("hint", string("How to do it after a dry run."))
                .optional(counted, integer(description))
                .optional("failed", array("Keys that failed.", string("A key.")))
                .build();
    }

    private static Schemas.ObjectSchema place() {
        return Schemas.object()
                .required("namespaceId", string("The id of the namespace."))
                .required("key", string("The key."));
    }

    private static JsonObject metadata(String description) {
        var types = JsonArray.of("object", "array", "string", "number", "boolean");
        return new JsonObject().put("type", types).put("description", description);
    }
}
