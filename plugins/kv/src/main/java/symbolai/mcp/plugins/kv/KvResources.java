package symbolai.mcp.plugins.kv;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import symbolai.mcp.api.Completion;
import symbolai.mcp.api.CompletionCall;
import symbolai.mcp.api.ResourceCall;
import symbolai.mcp.api.ResourceContents;
import symbolai.mcp.api.ResourceResult;
import symbolai.mcp.api.ResourceTemplate;
import symbolai.mcp.api.ToolException;

/** The resources of the KV family: values, by namespace and key. */
final class KvResources {

    private static final int MOST_BYTES = 8 * 1024 * 1024;
    private static final int PROPOSED = 100;

    private final KnownTitles titles;

    KvResources(KnownTitles titles) {
        this.titles = titles;
    }

    List<ResourceTemplate> templates() {
        return List.of(new ResourceTemplate(
                        "kv://{namespace}/{key}",
                        "kv-value",
                        "Value in a KV namespace",
                        "One value of a KV namespace, which is given by id or title. What is no plain letter or digit of the key,"
                                + " slashes included, is percent-encoded.",
                        "application/octet-stream",
                        Map.of("namespace", this::namespaces, "key", this::keys),
                        this::read)
                .likeTool("kv_get"));
    }

    private Future<ResourceResult> read(ResourceCall call) {
        var client = new KvClient(call, titles);
        var key = KvKey.of(call.variables().getOrDefault("key", ""));
        return client.findId(call.variables().getOrDefault("namespace", ""))
                .compose(id -> client.get(id, key, MOST_BYTES))
                .map(found -> contents(call.uri(), found));
    }

    private static ResourceResult contents(String uri, JsonObject found) {
        if (found.getBoolean("truncated")) {
            throw new ToolException(
                    ToolException.Reason.INVALID,
                    "the value has %d bytes, and a resource holds at most %d; the tool kv_get shows its beginning"
                            .formatted(found.getInteger("bytes"), MOST_BYTES));
        }
        return Optional.ofNullable(found.getString("text"))
                .map(text -> ResourceResult.text(uri, "text/plain", text))
                .orElseGet(() -> blob(uri, found));
    }

    private static ResourceResult blob(String uri, JsonObject found) {
        var bytes = Buffer.buffer(Base64.getDecoder().decode(found.getString("base64", "")));
        return new ResourceResult(List.of(new ResourceContents.Blob(uri, "application/octet-stream", bytes)));
    }

    /** Titles first, then ids. */
    private Future<Completion> namespaces(CompletionCall call) {
        return new KvClient(call, titles)
                .namespaces(1, PROPOSED)
                .map(page -> Completion.startingWith(call.value(), titlesAndIds(page)));
    }

    /** The keys of the namespace that was filled in before; none until then. */
    private Future<Completion> keys(CompletionCall call) {
        var namespace = call.others().getOrDefault("namespace", "");
        var client = new KvClient(call, titles);
        return namespace.isEmpty()
                ? Future.succeededFuture(new Completion(List.of()))
                : client.findId(namespace)
                        .compose(id -> client.keys(id, call.value(), PROPOSED, Optional.empty()))
                        .map(KvResources::names);
    }

    private static List<String> titlesAndIds(NamespacePage page) {
        var names = page.namespaces().stream().map(Namespace::title);
        return Stream.concat(names, page.namespaces().stream().map(Namespace::id))
                .toList();
    }

    private static Completion names(JsonObject found) {
        return new Completion(found.getJsonArray("keys").stream()
                .map(JsonObject.class::cast)
                .map(key -> key.getString("name"))
                .toList());
    }
}
