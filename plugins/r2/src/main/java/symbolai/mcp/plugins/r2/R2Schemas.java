package symbolai.mcp.plugins.r2;

import static symbolai.mcp.api.Schemas.array;
import static symbolai.mcp.api.Schemas.bool;
import static symbolai.mcp.api.Schemas.integer;
import static symbolai.mcp.api.Schemas.string;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import symbolai.mcp.api.Schemas;

/** The JSON Schemas of what the R2 tools take and give. */
final class R2Schemas {

    private static final int MOST_BYTES = 300 * 1024 * 1024;

    private R2Schemas() {}

    static JsonObject bucketName() {
        return string("The name of the bucket: 3 to 63 lower-case letters, digits and hyphens.")
                .put("pattern", BucketName.PATTERN);
    }

    static JsonObject key() {
        return string("The key of the object: 1 to 1024 bytes in UTF-8; may hold slashes.")
                .put("minLength", 1)
                .put("maxLength", ObjectKey.MOST_BYTES);
    }

    static JsonObject jurisdiction() {
        return choice("Whose buckets are meant; left out, default.", "default", "eu", "fedramp");
    }

    static JsonObject locationHint() {
        return choice("Near which region the data should be.", "apac", "eeur", "enam", "weur", "wnam", "oc");
    }

    static JsonObject storageClass() {
        return choice("The storage class; left out, Standard.", "Standard", "InfrequentAccess");
    }

    static JsonObject text() {
        return string("The content as text.").put("maxLength", MOST_BYTES);
    }

    static JsonObject base64() {
        return string("The content in base64, instead of text.").put("maxLength", MOST_BYTES / 3 * 4);
    }

    static JsonObject contentType() {
        return string("The media type, such as text/plain.").put("pattern", "^[ -~]{1,200}$");
    }

    static JsonObject metadata() {
        return new JsonObject()
                .put("type", "object")
                .put("description", "Names and texts to keep beside the content, at most 8192 bytes.")
                .put("additionalProperties", new JsonObject().put("type", "string"));
    }

    static JsonObject bucket() {
        return Schemas.object()
                .required("name", string("The name."))
                .optional("createdAt", string("When it was made, ISO 8601 in UTC; missing where nobody knows."))
                .optional("location", string("Where it is."))
                .optional("storageClass", string("The storage class of new objects."))
                .optional("jurisdiction", string("Whose rules hold for it."))
                .build();
    }

    static JsonObject bucketList() {
        return Schemas.object()
                .required("buckets", array("The buckets, by name.", bucket()))
                .required("count", integer("How many are here."))
                .optional("cursor", string("Where to go on; there when there are more."))
                .optional("hint", string("What an empty list means."))
                .build();
    }

    static JsonObject deletedBucket() {
        return Schemas.object()
                .required("name", string("The name of the bucket that was deleted."))
                .build();
    }

    static JsonObject objectList() {
        return Schemas.object()
                .required("bucket", string("The bucket."))
                .required(
                        "objects",
                        array("The objects, by key.", object(Schemas.object()).build()))
                .required("count", integer("How many objects are here."))
                .required("prefixes", array("With a delimiter: what lies deeper.", string("A beginning of keys.")))
                .optional("cursor", string("Where to go on; there when there are more."))
                .optional("hint", string("What an empty list means."))
                .build();
    }

    static JsonObject shownObject() {
        return object(place())
                .required("truncated", bool("Whether the content was too long to be here."))
                .optional("text", string("The content, when it is text."))
                .optional("base64", string("The content in base64, when it is no text."))
                .required("uri", string("The resource that holds the content."))
                .optional("hint", string("How to get content that is too long."))
                .build();
    }

    static JsonObject written() {
        return object(place())
                .required("uri", string("The resource that holds the content."))
                .build();
    }

    static JsonObject deletedObject() {
        return place().required("key", string("The key.")).build();
    }

    private static Schemas.ObjectSchema place() {
        return Schemas.object()
                .required("bucket", string("The bucket."))
                .optional("jurisdiction", string("Its jurisdiction, where one was named."));
    }

    private static Schemas.ObjectSchema object(Schemas.ObjectSchema schema) {
        return schema.required("key", string("The key."))
                .required("size", integer("How many bytes the content has."))
                .required("etag", string("Changes with the content."))
                .required("uploadedAt", string("When it was written, ISO 8601 in UTC."))
                .optional("contentType", string("The media type."))
                .optional("metadata", metadata())
                .optional("storageClass", string("The storage class."));
    }

    private static JsonObject choice(String description, String... values) {
        return string(description).put("enum", new JsonArray(List.of(values)));
    }
}
