package symbolai.mcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.ToolException.Reason;

/** What every backend promises about R2; each backend's own test runs these against a connection to it. */
public final class R2Contract {

    /** An object's own metadata cannot be written. */
    static final String NO_METADATA = "r2.no-metadata";

    private final Asking asking;
    private final Ground ground;
    private final Differences differences;

    public R2Contract(Connection connection, Differences differences) {
        this.asking = new Asking(connection);
        this.ground = new Ground(asking);
        this.differences = differences;
    }

    /** The tests; each makes the buckets that it needs. */
    public Stream<DynamicTest> tests() {
        var everywhere = Stream.of(
                dynamicTest("r2: objects go in and out", this::objects),
                dynamicTest("r2: objects have metadata", this::metadata),
                dynamicTest("r2: objects are in order, and come in pages", this::pages),
                dynamicTest("r2: a delimiter makes folders", this::folders),
                dynamicTest("r2: what is not there is not found", this::missing));
        return asking.can("r2.buckets.create")
                ? Stream.concat(everywhere, Stream.of(dynamicTest("r2: the life of a bucket", this::lifeOfABucket)))
                : everywhere;
    }

    private void lifeOfABucket() {
        var name = Asking.fresh("life");

        asking.write("r2.buckets.create", at(name));

        assertThat(asking.read("r2.buckets.get", at(name)).getString("name")).isEqualTo(name);
        var listed = asking.read("r2.buckets.list", new JsonObject().put("nameContains", name));
        assertThat(listed.getJsonArray("buckets")).hasSize(1);
        assertThat(asking.refusedWrite("r2.buckets.create", at(name))).isEqualTo(Reason.CONFLICT);
        put(name, "x", "x");
        assertThat(asking.refusedWrite("r2.buckets.delete", at(name))).isEqualTo(Reason.CONFLICT);
        asking.write("r2.objects.delete", object(name, "x"));
        asking.write("r2.buckets.delete", at(name));
        assertThat(asking.refusedRead("r2.buckets.get", at(name))).isEqualTo(Reason.NOT_FOUND);
        assertThat(asking.refusedWrite("r2.buckets.delete", at(name))).isEqualTo(Reason.NOT_FOUND);
    }

    private void objects() {
        var bucket = ground.bucket();
        var bytes = Buffer.buffer(new byte[70_000]).setString(0, "begin").setString(69_990, "end");
        var encoded = Base64.getEncoder().encodeToString(bytes.getBytes());
        var key = "folder/a b/ü?&#%25.bin";

        var made = asking.write(
                "r2.objects.put", object(bucket, key).put("base64", encoded).put("contentType", "image/png"));
        var head = asking.read("r2.objects.get", object(bucket, key).put("head", true));

        assertThat(made.getString("key")).isEqualTo(key);
        assertThat(made.getInteger("size")).isEqualTo(70_000);
        assertThat(head.getString("etag")).isEqualTo(made.getString("etag"));
        assertThat(head.getInteger("size")).isEqualTo(70_000);
        assertThat(head.getString("contentType")).isEqualTo("image/png");
        assertThat(asking.bytes("r2.objects.get", object(bucket, key))).isEqualTo(bytes);
        put(bucket, key, "anew");
        assertThat(asking.bytes("r2.objects.get", object(bucket, key)).toString())
                .isEqualTo("anew");
    }

    private void metadata() {
        var bucket = ground.bucket();
        var metadata = new JsonObject().put("colour", "red");
        var arguments = object(bucket, "x").put("text", "x").put("metadata", metadata);

        if (differences.has(NO_METADATA)) {
            assertThat(asking.refusedWrite("r2.objects.put", arguments)).isEqualTo(Reason.INVALID);
            return;
        }
        asking.write("r2.objects.put", arguments);
        assertThat(asking.read("r2.objects.get", object(bucket, "x").put("head", true))
                        .getJsonObject("metadata"))
                .isEqualTo(metadata);
    }

    private void pages() {
        var bucket = ground.bucket();
        var keys = List.of("p-A", "p-a", "p-b", "p-z", "p-ä");
        keys.forEach(key -> put(bucket, key, key));
        put(bucket, "other", "x");

        var found = new ArrayList<String>();
        var page = asking.read("r2.objects.list", at(bucket).put("prefix", "p-").put("limit", 2));
        collect(page, found);
        assertThat(found).hasSize(2);
        while (page.containsKey("cursor")) {
            page = asking.read(
                    "r2.objects.list",
                    at(bucket).put("prefix", "p-").put("limit", 2).put("cursor", page.getString("cursor")));
            collect(page, found);
        }

        assertThat(found).isEqualTo(keys);
    }

    private void folders() {
        var bucket = ground.bucket();
        List.of("a/1", "a/2", "b/c/3", "top").forEach(key -> put(bucket, key, "x"));

        var top = asking.read("r2.objects.list", at(bucket).put("delimiter", "/"));
        var below =
                asking.read("r2.objects.list", at(bucket).put("delimiter", "/").put("prefix", "b/"));

        assertThat(top.getJsonArray("prefixes")).containsExactly("a/", "b/");
        assertThat(top.getJsonArray("objects")).hasSize(1);
        assertThat(below.getJsonArray("prefixes")).containsExactly("b/c/");
        assertThat(below.getJsonArray("objects")).isEmpty();
    }

    private void missing() {
        var bucket = ground.bucket();

        assertThat(asking.refusedRead("r2.objects.get", object(bucket, "nothing")))
                .isEqualTo(Reason.NOT_FOUND);
        assertThat(asking.refusedRead(
                        "r2.objects.get", object(bucket, "nothing").put("head", true)))
                .isEqualTo(Reason.NOT_FOUND);
        asking.write("r2.objects.delete", object(bucket, "nothing"));
        assertThat(asking.refusedRead("r2.objects.list", at("no-such-bucket"))).isEqualTo(Reason.NOT_FOUND);
        assertThat(asking.refusedWrite(
                        "r2.objects.put", object("no-such-bucket", "x").put("text", "x")))
                .isEqualTo(Reason.NOT_FOUND);
    }

    private void put(String bucket, String key, String text) {
        asking.write("r2.objects.put", object(bucket, key).put("text", text));
    }

    private static void collect(JsonObject page, List<String> found) {
        page.getJsonArray("objects").forEach(object -> found.add(((JsonObject) object).getString("key")));
    }

    private static JsonObject at(String bucket) {
        return new JsonObject().put("bucket", bucket);
    }

    private static JsonObject object(String bucket, String key) {
        return at(bucket).put("key", key);
    }
}
