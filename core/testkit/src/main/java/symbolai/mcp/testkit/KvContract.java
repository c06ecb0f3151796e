package symbolai.mcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.ToolException.Reason;

/** What every backend promises about KV; each backend's own test runs these against a connection to it. */
public final class KvContract {

    private static final String NOBODY = "0123456789abcdef0123456789abcdef";

    private final Asking asking;
    private final Ground ground;

    public KvContract(Connection connection) {
        this.asking = new Asking(connection);
        this.ground = new Ground(asking);
    }

    /** The tests; each makes the namespaces that it needs. */
    public Stream<DynamicTest> tests() {
        var everywhere = Stream.of(
                dynamicTest("kv: values go in and out", this::values),
                dynamicTest("kv: a long value is cut", this::cut),
                dynamicTest("kv: keys are in order, and come in pages", this::keys),
                dynamicTest("kv: what is not there is not found", this::missing),
                dynamicTest("kv: many values at once", this::bulk),
                dynamicTest("kv: what is too long is invalid", this::limits));
        return asking.can("kv.namespaces.create")
                ? Stream.concat(
                        everywhere, Stream.of(dynamicTest("kv: the life of a namespace", this::lifeOfANamespace)))
                : everywhere;
    }

    private void lifeOfANamespace() {
        var title = Asking.fresh("life");

        var id = asking.write("kv.namespaces.create", title(title)).getString("id");

        assertThat(titles()).contains(title);
        assertThat(asking.refusedWrite("kv.namespaces.create", title(title))).isEqualTo(Reason.CONFLICT);
        asking.write("kv.namespaces.rename", title(title + "-2").put("namespaceId", id));
        assertThat(titles()).contains(title + "-2").doesNotContain(title);
        asking.write("kv.namespaces.delete", at(id));
        assertThat(asking.refusedRead("kv.keys.list", at(id))).isEqualTo(Reason.NOT_FOUND);
        assertThat(asking.refusedWrite("kv.namespaces.delete", at(id))).isEqualTo(Reason.NOT_FOUND);
    }

    private void values() {
        var id = ground.namespace();
        var metadata = new JsonObject().put("lang", "ü").put("n", 1);
        var expiration = Instant.parse("2099-01-01T00:00:00Z");

        asking.write("kv.values.put", key(id, "a/b ü?&#%").put("text", "värde").put("metadata", metadata));
        asking.write("kv.values.put", key(id, "bytes").put("base64", "AP8B"));
        asking.write("kv.values.put", key(id, "late").put("text", "x").put("expiration", expiration.toString()));
        asking.write("kv.values.put", key(id, "empty").put("text", ""));

        var text = get(id, "a/b ü?&#%");
        assertThat(text.getString("text")).isEqualTo("värde");
        assertThat(text.getInteger("bytes")).isEqualTo(6);
        assertThat(text.getValue("metadata")).isEqualTo(metadata);
        assertThat(get(id, "bytes").getString("base64")).isEqualTo("AP8B");
        assertThat(Instant.parse(get(id, "late").getString("expiration"))).isEqualTo(expiration);
        assertThat(get(id, "empty").getInteger("bytes")).isZero();
    }

    private void cut() {
        var id = ground.namespace();
        asking.write("kv.values.put", key(id, "long").put("text", "abcdefghij"));

        var cut = asking.read("kv.values.get", key(id, "long").put("maxBytes", 4));

        assertThat(cut.getString("text")).isEqualTo("abcd");
        assertThat(cut.getBoolean("truncated")).isTrue();
        assertThat(cut.getInteger("bytes")).isEqualTo(10);
    }

    private void keys() {
        var id = ground.namespace();
        var names = List.of("p-A", "p-a", "p-b", "p-z", "p-ä", "p-😀");
        names.forEach(name -> asking.write("kv.values.put", key(id, name).put("text", "x")));
        asking.write("kv.values.put", key(id, "other").put("text", "x"));

        var found = new ArrayList<String>();
        var page = asking.read("kv.keys.list", at(id).put("prefix", "p-").put("limit", 4));
        collect(page, found);
        assertThat(found).hasSize(4);
        while (page.containsKey("cursor")) {
            page = asking.read(
                    "kv.keys.list", at(id).put("prefix", "p-").put("limit", 4).put("cursor", page.getString("cursor")));
            collect(page, found);
        }

        assertThat(found).isEqualTo(names);
    }

    private void missing() {
        var id = ground.namespace();

        assertThat(asking.refusedRead("kv.values.get", key(id, "nothing").put("maxBytes", 10)))
                .isEqualTo(Reason.NOT_FOUND);
        asking.write("kv.values.delete", key(id, "nothing"));
        assertThat(asking.refusedRead("kv.keys.list", at(NOBODY))).isEqualTo(Reason.NOT_FOUND);
        assertThat(asking.refusedWrite("kv.values.put", key(NOBODY, "x").put("text", "x")))
                .isEqualTo(Reason.NOT_FOUND);
    }

    private void bulk() {
        var id = ground.namespace();
        var entries = new JsonArray()
                .add(new JsonObject().put("key", "one").put("text", "1").put("metadata", new JsonObject().put("n", 1)))
                .add(new JsonObject().put("key", "two").put("base64", "AP8="));

        var put = asking.write("kv.bulk.put", at(id).put("entries", entries));
        var got = asking.read(
                "kv.bulk.get",
                at(id).put("keys", new JsonArray().add("one").add("two").add("three"))
                        .put("maxBytes", 1000));
        var deleted = asking.write(
                "kv.bulk.delete", at(id).put("keys", new JsonArray().add("one").add("two")));

        assertThat(put.getInteger("written")).isEqualTo(2);
        assertThat(put.getJsonArray("failed")).isEmpty();
        assertThat(got.getJsonArray("missing")).containsExactly("three");
        assertThat(got.getJsonArray("values")).hasSize(2);
        assertThat(valueOf(got, "one").getString("text")).isEqualTo("1");
        assertThat(valueOf(got, "two").getString("base64")).isEqualTo("AP8=");
        assertThat(deleted.getInteger("deleted")).isEqualTo(2);
        assertThat(asking.read("kv.keys.list", at(id)).getJsonArray("keys")).isEmpty();
    }

    private void limits() {
        var id = ground.namespace();
        var long513 = "ü".repeat(256) + "x";

        assertThat(asking.refusedWrite("kv.values.put", key(id, long513).put("text", "x")))
                .isEqualTo(Reason.INVALID);
        assertThat(asking.refusedWrite(
                        "kv.values.put", key(id, "x").put("text", "x").put("metadata", "m".repeat(1025))))
                .isEqualTo(Reason.INVALID);
        assertThat(asking.read("kv.keys.list", at(id)).getJsonArray("keys")).isEmpty();
    }

    private List<String> titles() {
        var titles = new ArrayList<String>();
        var page = asking.read("kv.namespaces.list", new JsonObject().put("perPage", 100));
        page.getJsonArray("namespaces").forEach(each -> titles.add(((JsonObject) each).getString("title")));
        return titles;
    }

    private JsonObject get(String id, String key) {
        return asking.read("kv.values.get", key(id, key).put("maxBytes", 1000));
    }

    private static JsonObject valueOf(JsonObject got, String key) {
        return got.getJsonArray("values").stream()
                .map(JsonObject.class::cast)
                .filter(value -> value.getString("key").equals(key))
                .findFirst()
                .orElseThrow();
    }

    private static void collect(JsonObject page, List<String> found) {
        page.getJsonArray("keys").forEach(key -> found.add(((JsonObject) key).getString("name")));
    }

    private static JsonObject title(String title) {
        return new JsonObject().put("title", title);
    }

    private static JsonObject at(String id) {
        return new JsonObject().put("namespaceId", id);
    }

    private static JsonObject key(String id, String key) {
        return at(id).put("key", key);
    }
}
