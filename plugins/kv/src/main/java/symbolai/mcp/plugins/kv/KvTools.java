package symbolai.mcp.plugins.kv;

import static symbolai.mcp.api.Schemas.bool;
import static symbolai.mcp.api.Schemas.integer;
import static symbolai.mcp.api.Schemas.string;

import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.List;
import symbolai.mcp.api.Confirmation;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.Fence;
import symbolai.mcp.api.PlanHash;
import symbolai.mcp.api.RestBinding;
import symbolai.mcp.api.Schemas;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolAnnotations;

/** The tools of the KV family, in the order in which clients see them. */
final class KvTools {

    private static final String READ = "Workers KV Storage:Read";
    private static final String EDIT = "Workers KV Storage:Edit";
    private static final int MOST_READ = 100;
    private static final int MOST_WRITTEN = 10_000;

    /** Overwrites or deletes, and a second time changes nothing more. */
    private static final ToolAnnotations REPLACING = new ToolAnnotations(false, true, true, false);

    private final NamespaceTools namespaces;
    private final ValueTools values;
    private final BulkTools bulk;

    KvTools(FamilyContext context, KnownTitles titles) {
        var fence = new Fence("a KV store");
        var updates = new KvUpdates(context::resourceUpdated, titles);
        this.namespaces = new NamespaceTools(fence, titles);
        this.values = new ValueTools(fence, titles, updates, InstantSource.system());
        this.bulk = new BulkTools(fence, titles, updates, InstantSource.system());
    }

    List<Tool> list() {
        return List.of(
                listNamespaces(),
                createNamespace(),
                renameNamespace(),
                deleteNamespace(),
                listKeys(),
                get(),
                put(),
                delete(),
                bulkGet(),
                bulkPut(),
                bulkDelete());
    }

    private Tool listNamespaces() {
        return reading("kv_list_namespaces", "List KV namespaces")
                .description("Lists the KV namespaces of the connected account with their ids and titles."
                        + " Use it first, to find the namespaceId that the other KV tools take.")
                .input(Schemas.object()
                        .optional("page", integer("Which page, from 1.").put("minimum", 1))
                        .optional(
                                "perPage",
                                integer("How many on a page.").put("minimum", 1).put("maximum", 100))
                        .build())
                .output(KvSchemas.namespaceList())
                .rest(RestBinding.get("kv/list"))
                .handler(namespaces::list);
    }

    private Tool createNamespace() {
        return Tool.named("kv_create_namespace")
                .title("Create a KV namespace")
                .description("Makes an empty KV namespace with the given title in the connected account."
                        + " Use kv_put or kv_bulk_put afterwards to fill it.")
                .input(Schemas.object().required("title", KvSchemas.title()).build())
                .output(KvSchemas.namespace())
                .annotations(ToolAnnotations.ADDITIVE)
                .permission(EDIT)
                .rest(RestBinding.post("kv/create"))
                .handler(namespaces::create);
    }

    private Tool renameNamespace() {
        return replacing("kv_rename_namespace", "Rename a KV namespace")
                .description("Gives a KV namespace another title; its id, keys and values stay."
                        + " Use it when the user wants a namespace to be called something else.")
                .input(inNamespace().required("title", KvSchemas.title()).build())
                .output(KvSchemas.namespace())
                .rest(RestBinding.put("kv/rename"))
                .handler(namespaces::rename);
    }

    private Tool deleteNamespace() {
        return replacing("kv_delete_namespace", "Delete a KV namespace")
                .description(
                        "Deletes a KV namespace and every key in it, for good."
                                + " The user is asked to confirm where the client can ask; else confirmName must repeat the namespace's title.")
                .input(inNamespace()
                        .optional(Confirmation.ARGUMENT, Confirmation.schema())
                        .build())
                .output(KvSchemas.namespace())
                .rest(RestBinding.delete("kv/delete").renamed("id", "namespaceId"))
                .handler(namespaces::delete);
    }

    private Tool listKeys() {
        return reading("kv_list_keys", "List the keys of a KV namespace")
                .description("Lists the keys of a KV namespace with their metadata and expiry, but not their values."
                        + " Use prefix to narrow the list, and the cursor of the result to go on.")
                .input(inNamespace()
                        .optional(
                                "prefix",
                                string("Only keys that begin with this.").put("maxLength", KvKey.MOST_BYTES))
                        .optional(
                                "limit",
                                integer("How many keys, 1 to 1000; left out, 100.")
                                        .put("minimum", 1)
                                        .put("maximum", 1000))
                        .optional(
                                "cursor",
                                string("The cursor of the page before.").put("maxLength", 4096))
                        .build())
                .output(KvSchemas.keyList())
                .rest(RestBinding.get("kv/keys").renamed("id", "namespaceId"))
                .handler(values::keys);
    }

    private Tool get() {
        return reading("kv_get", "Read a value from KV")
                .description(
                        "Reads one value from a KV namespace with its metadata and expiry; what is no text comes in base64."
                                + " Use kv_bulk_get for several keys at once.")
                .input(inNamespace().required("key", KvSchemas.key()).build())
                .output(KvSchemas.shownValue())
                .rest(RestBinding.get("kv/value").renamed("id", "namespaceId"))
                .handler(values::get);
    }

    private Tool put() {
        return replacing("kv_put", "Write a value to KV")
                .description("Writes one value to a KV namespace, over the one that was there, as text or as base64."
                        + " On Cloudflare it can take a minute until the new value is seen everywhere.")
                .input(KvSchemas.value(inNamespace().required("key", KvSchemas.key()))
                        .build())
                .output(KvSchemas.written())
                .rest(RestBinding.put("kv/value"))
                .handler(values::put);
    }

    private Tool delete() {
        return replacing("kv_delete", "Delete a key from KV")
                .description(
                        "Deletes one key and its value from a KV namespace, for good; it is no error when the key is not there."
                                + " The user is asked to confirm where the client can ask; else confirmName must repeat the key.")
                .input(inNamespace()
                        .required("key", KvSchemas.key())
                        .optional(Confirmation.ARGUMENT, Confirmation.schema())
                        .build())
                .output(KvSchemas.deleted())
                .rest(RestBinding.delete("kv/value").renamed("id", "namespaceId"))
                .handler(values::delete);
    }

    private Tool bulkGet() {
        return reading("kv_bulk_get", "Read several values from KV")
                .description(
                        "Reads up to 100 values from a KV namespace at once, and names the keys that are not there."
                                + " Use it instead of many calls of kv_get.")
                .input(inNamespace().required("keys", KvSchemas.keys(MOST_READ)).build())
                .output(KvSchemas.manyValues())
                .rest(RestBinding.post("kv/bulk/get"))
                .handler(bulk::get);
    }

    private Tool bulkPut() {
        return replacing("kv_bulk_put", "Write many values to KV")
                .description(
                        "Writes up to 10,000 values to a KV namespace; first it only shows how many keys would be written over."
                                + " To do it, call it again with dryRun false and the planHash that it gave.")
                .input(afterDryRun(inNamespace().required("entries", KvSchemas.entries(MOST_WRITTEN))))
                .output(KvSchemas.bulk("written", "How many values were written."))
                .dryRun()
                .rest(RestBinding.post("kv/bulk/put"))
                .handler(bulk::put);
    }

    private Tool bulkDelete() {
        return replacing("kv_bulk_delete", "Delete many keys from KV")
                .description(
                        "Deletes up to 10,000 keys from a KV namespace, for good; first it only shows how many of them exist."
                                + " To do it, call it again with dryRun false and the planHash that it gave.")
                .input(afterDryRun(inNamespace().required("keys", KvSchemas.keys(MOST_WRITTEN))))
                .output(KvSchemas.bulk("deleted", "How many keys were deleted."))
                .dryRun()
                .rest(RestBinding.post("kv/bulk/delete"))
                .handler(bulk::delete);
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

    private static Schemas.ObjectSchema inNamespace() {
        return Schemas.object().required("namespaceId", KvSchemas.namespaceId());
    }

    private static JsonObject afterDryRun(Schemas.ObjectSchema input) {
        return input.optional("dryRun", bool("Whether to only look; left out, true."))
                .optional(PlanHash.ARGUMENT, PlanHash.argument())
                .build();
    }
}
