package symbolai.mcp.plugins.r2;

import static symbolai.mcp.api.Schemas.bool;
import static symbolai.mcp.api.Schemas.integer;
import static symbolai.mcp.api.Schemas.string;

import io.vertx.core.json.JsonObject;
import java.util.List;
import symbolai.mcp.api.Confirmation;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.Fence;
import symbolai.mcp.api.RestBinding;
import symbolai.mcp.api.Schemas;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolAnnotations;

/** The tools of the R2 family, in the order in which clients see them. */
final class R2Tools {

    /** What listing and reading need, in Cloudflare's words. */
    static final String READ = "Workers R2 Storage:Read";

    private static final String EDIT = "Workers R2 Storage:Edit";
    private static final int LONGEST_CURSOR = 4096;

    /** Overwrites or deletes, and a second time changes nothing more. */
    private static final ToolAnnotations REPLACING = new ToolAnnotations(false, true, true, false);

    private final BucketTools buckets = new BucketTools();
    private final ObjectTools objects;
    private final ObjectReader reader;

    R2Tools(FamilyContext context) {
        var fence = new Fence("an object store");
        this.objects = new ObjectTools(fence, context::resourceUpdated);
        this.reader = new ObjectReader(fence);
    }

    List<Tool> list() {
        return List.of(
                listBuckets(),
                createBucket(),
                getBucket(),
                deleteBucket(),
                listObjects(),
                getObject(),
                putObject(),
                deleteObject());
    }

    private Tool listBuckets() {
        return reading("r2_list_buckets", "List R2 buckets")
                .description("Lists the R2 buckets of the connected account, of one jurisdiction at a time."
                        + " Use it first, to find the bucket that the other R2 tools take.")
                .input(Schemas.object()
                        .optional(
                                "nameContains",
                                string("Only buckets whose name holds this text.")
                                        .put("maxLength", 63))
                        .optional("jurisdiction", R2Schemas.jurisdiction())
                        .optional(
                                "perPage",
                                integer("How many on a page; left out, 100.")
                                        .put("minimum", 1)
                                        .put("maximum", 1000))
                        .optional("cursor", cursor())
                        .build())
                .output(R2Schemas.bucketList())
                .rest(RestBinding.get("r2/list"))
                .handler(buckets::list);
    }

    private Tool createBucket() {
        return Tool.named("r2_create_bucket")
                .title("Create an R2 bucket")
                .description("Makes an empty R2 bucket with the given name in the connected account."
                        + " Use r2_put_object afterwards to fill it.")
                .input(Schemas.object()
                        .required("bucket", R2Schemas.bucketName())
                        .optional("locationHint", R2Schemas.locationHint())
                        .optional("storageClass", R2Schemas.storageClass())
                        .optional("jurisdiction", R2Schemas.jurisdiction())
                        .build())
                .output(R2Schemas.bucket())
                .annotations(ToolAnnotations.ADDITIVE)
                .permission(EDIT)
                .rest(RestBinding.post("r2/create"))
                .handler(buckets::create);
    }

    private Tool getBucket() {
        return reading("r2_get_bucket", "Describe an R2 bucket")
                .description("Tells when an R2 bucket was made, where it is and its storage class."
                        + " Use r2_list_objects for what is in it.")
                .input(inBucket()
                        .optional("jurisdiction", R2Schemas.jurisdiction())
                        .build())
                .output(R2Schemas.bucket())
                .rest(RestBinding.get("r2/info"))
                .handler(buckets::get);
    }

    private Tool deleteBucket() {
        return replacing("r2_delete_bucket", "Delete an R2 bucket")
                .description(
                        "Deletes an R2 bucket that holds no objects, for good."
                                + " The user is asked to confirm where the client can ask; else confirmName must repeat the bucket's name.")
                .input(inBucket()
                        .optional("jurisdiction", R2Schemas.jurisdiction())
                        .optional(Confirmation.ARGUMENT, Confirmation.schema())
                        .build())
                .output(R2Schemas.deletedBucket())
                .rest(RestBinding.delete("r2/delete"))
                .handler(buckets::delete);
    }

    private Tool listObjects() {
        return reading("r2_list_objects", "List the objects of an R2 bucket")
                .description(
                        "Lists the objects of an R2 bucket with size, time and metadata, but not their content."
                                + " Use prefix and the delimiter / to look at it like at folders, and the cursor of the result to go on.")
                .input(inBucket()
                        .optional(
                                "prefix",
                                string("Only keys that begin with this.").put("maxLength", ObjectKey.MOST_BYTES))
                        .optional(
                                "delimiter",
                                string("Keys that hold this after the prefix become one entry of prefixes.")
                                        .put("minLength", 1)
                                        .put("maxLength", 16))
                        .optional(
                                "limit",
                                integer("How many objects, 1 to 1000; left out, 100.")
                                        .put("minimum", 1)
                                        .put("maximum", 1000))
                        .optional("cursor", cursor())
                        .optional("jurisdiction", R2Schemas.jurisdiction())
                        .build())
                .output(R2Schemas.objectList())
                .rest(RestBinding.get("r2/objects"))
                .handler(objects::list);
    }

    private Tool getObject() {
        return reading("r2_get_object", "Read an object from R2")
                .description("Reads one object of an R2 bucket: text as it is, other bytes in base64."
                        + " What is longer than 256 KiB comes as a link to a resource.")
                .input(inBucket()
                        .required("key", R2Schemas.key())
                        .optional("jurisdiction", R2Schemas.jurisdiction())
                        .build())
                .output(R2Schemas.shownObject())
                .rest(RestBinding.get("r2/object"))
                .handler(reader::get);
    }

    private Tool putObject() {
        return replacing("r2_put_object", "Write an object to R2")
                .description("Writes one object to an R2 bucket, from text or base64."
                        + " An object that is there already is only replaced with overwrite true.")
                .input(inBucket()
                        .required("key", R2Schemas.key())
                        .optional("text", R2Schemas.text())
                        .optional("base64", R2Schemas.base64())
                        .optional("contentType", R2Schemas.contentType())
                        .optional("metadata", R2Schemas.metadata())
                        .optional("overwrite", bool("Whether to replace an object that is there; left out, false."))
                        .optional("jurisdiction", R2Schemas.jurisdiction())
                        .build())
                .output(R2Schemas.written())
                .rest(RestBinding.put("r2/object"))
                .handler(objects::put);
    }

    private Tool deleteObject() {
        return replacing("r2_delete_object", "Delete an object from R2")
                .description(
                        "Deletes one object of an R2 bucket, for good; it is no error when it is not there."
                                + " The user is asked to confirm where the client can ask; else confirmName must repeat the key.")
                .input(inBucket()
                        .required("key", R2Schemas.key())
                        .optional("jurisdiction", R2Schemas.jurisdiction())
                        .optional(Confirmation.ARGUMENT, Confirmation.schema())
                        .build())
                .output(R2Schemas.deletedObject())
                .rest(RestBinding.delete("r2/object"))
                .handler(objects::delete);
    }

    private static Tool.Builder reading(String name, String title) {
        return Tool.named(name)
                .title(title)
                .annotations(ToolAnnotations.READ_ONLY)
                .permission(READ);
    }

    private static Tool.Builder replacing(String name, String title) {
        return Tool.named(name).title(title).annotations(REPLACING).permission(EDIT);
    }

    private static Schemas.ObjectSchema inBucket() {
        return Schemas.object().required("bucket", R2Schemas.bucketName());
    }

    private static JsonObject cursor() {
        return string("The cursor of the page before.").put("maxLength", LONGEST_CURSOR);
    }
}
