package symbolai.mcp.plugins.local.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static symbolai.mcp.plugins.local.store.Asked.arguments;
import static symbolai.mcp.plugins.local.store.Asked.array;
import static symbolai.mcp.testkit.Answers.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.plugins.local.store.Asked;
import symbolai.mcp.plugins.local.store.SettableClock;
import symbolai.mcp.testkit.FakeFamilyContext;

class KvOperationsTest {

    private static final String NOBODY = "0".repeat(32);

    @TempDir
    private Path folder;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private FakeFamilyContext context;
    private Asked kv;

    @BeforeEach
    void open() {
        context = new FakeFamilyContext("local", folder);
        kv = new Asked(await(KvOperations.open(context, clock)).operations(), Map.of());
    }

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    void theSampleNamespaceHasValuesOfEveryKind() {
        var keys =
                kv.read("kv.keys.list", arguments("namespaceId", KvSample.ID)).getJsonArray("keys");

        assertThat(keys).hasSizeGreaterThan(30);
        assertThat(get(KvSample.ID, "greeting:日本語").getString("text")).isEqualTo("こんにちは");
        assertThat(get(KvSample.ID, "image:pixel").containsKey("base64")).isTrue();
        assertThat(get(KvSample.ID, "flag:dark-mode").getJsonObject("metadata").getString("owner"))
                .isEqualTo("shop");
        assertThat(get(KvSample.ID, "offer:century").getString("expiration")).startsWith("2100-");
        assertThat(get(KvSample.ID, "empty").getString("text")).isEmpty();
    }

    @Test
    void aDeletedSampleIsNotMadeAgain() {
        kv.write("kv.namespaces.delete", arguments("namespaceId", KvSample.ID));

        var again = new Asked(await(KvOperations.open(context, clock)).operations(), Map.of());

        assertThat(again.read("kv.namespaces.list", arguments()).getJsonArray("namespaces"))
                .isEmpty();
        assertThat(files()).isEmpty();
    }

    @Test
    void aNamespaceIsMadeRenamedListedAndDeleted() {
        var made = kv.write("kv.namespaces.create", arguments("title", "one"));
        var id = made.getString("id");

        assertThat(kv.write("kv.namespaces.rename", arguments("namespaceId", id, "title", "zwei"))
                        .getString("title"))
                .isEqualTo("zwei");
        var first = kv.read("kv.namespaces.list", arguments("perPage", 1));
        assertThat(first.getJsonArray("namespaces").getJsonObject(0).getString("title"))
                .isEqualTo(KvSample.TITLE);
        assertThat(first.getInteger("nextPage")).isEqualTo(2);
        var second = kv.read("kv.namespaces.list", arguments("perPage", 1, "page", 2));
        assertThat(second.getJsonArray("namespaces").getJsonObject(0))
                .isEqualTo(made.copy().put("title", "zwei"));
        assertThat(second.containsKey("nextPage")).isFalse();
        kv.write("kv.namespaces.delete", arguments("namespaceId", id));
        assertThat(kv.refused("kv.keys.list", Operation.Access.READ, arguments("namespaceId", id))
                        .reason())
                .isEqualTo(ToolException.Reason.NOT_FOUND);
    }

    @Test
    void aTitleIsTakenOnlyOnce() {
        var id = namespace();

        assertThat(kv.refused("kv.namespaces.create", Operation.Access.WRITE, arguments("title", KvSample.TITLE))
                        .reason())
                .isEqualTo(ToolException.Reason.CONFLICT);
        assertThat(kv.refused(
                                "kv.namespaces.rename",
                                Operation.Access.WRITE,
                                arguments("namespaceId", id, "title", KvSample.TITLE))
                        .reason())
                .isEqualTo(ToolException.Reason.CONFLICT);
    }

    @Test
    void valuesOfEveryKindComeBackAsTheyWere() {
        var id = namespace();
        var random = new Random(7);
        var long1 = new byte[100_000];
        random.nextBytes(long1);

        for (var value : List.of(new byte[0], new byte[] {0}, new byte[] {(byte) 0xff}, long1)) {
            put(id, "k", "base64", Base64.getEncoder().encodeToString(value));
            var got = get(id, "k");
            var bytes = got.containsKey("base64")
                    ? Base64.getDecoder().decode(got.getString("base64"))
                    : got.getString("text").getBytes();
            assertThat(bytes).isEqualTo(value);
            assertThat(got.getInteger("bytes")).isEqualTo(value.length);
        }
        put(id, "k", "text", "naïve ☂ 🌍");
        assertThat(get(id, "k").getString("text")).isEqualTo("naïve ☂ 🌍");
    }

    @Test
    void anOverwrittenOrDeletedLongValueLeavesNoFile() {
        var id = namespace();
        var before = files().size();
        put(id, "a", "text", "x".repeat(10_000));
        put(id, "a", "text", "y".repeat(10_000));
        assertThat(files()).hasSize(before + 1);

        put(id, "a", "text", "short");

        assertThat(files()).hasSize(before);
        put(id, "a", "text", "z".repeat(10_000));
        kv.write("kv.values.delete", arguments("namespaceId", id, "key", "a"));
        assertThat(files()).hasSize(before);
        put(id, "a", "text", "z".repeat(10_000));
        kv.write("kv.namespaces.delete", arguments("namespaceId", id));
        assertThat(files()).hasSize(before);
    }

    @Test
    void aLongValueIsCutBetweenCharacters() {
        var id = namespace();
        put(id, "k", "text", "ü".repeat(5000));

        var got = kv.read("kv.values.get", arguments("namespaceId", id, "key", "k", "maxBytes", 11));

        assertThat(got.getString("text")).isEqualTo("ü".repeat(5));
        assertThat(got.getBoolean("truncated")).isTrue();
        assertThat(got.getInteger("bytes")).isEqualTo(10_000);
    }

    @Test
    void keysComeInTheOrderOfTheirBytesAndPagesStayRightUnderDeletion() {
        var id = namespace();
        var names = List.of("a", "a\u0000b", "a/b", "é", "\uffee", "🌍", "b", "a b");
        names.forEach(name -> put(id, name, "text", name));

        var first = kv.read("kv.keys.list", arguments("namespaceId", id, "limit", 3));
        kv.write("kv.values.delete", arguments("namespaceId", id, "key", "a/b"));
        kv.write("kv.values.delete", arguments("namespaceId", id, "key", "b"));
        var second =
                kv.read("kv.keys.list", arguments("namespaceId", id, "limit", 10, "cursor", first.getString("cursor")));

        assertThat(names(first)).containsExactly("a", "a\u0000b", "a b");
        assertThat(names(second)).containsExactly("é", "\uffee", "🌍");
        assertThat(second.containsKey("cursor")).isFalse();
    }

    @Test
    void aPrefixKeepsThoseThatBeginWithIt() {
        var id = namespace();
        List.of("x", "x:", "x:1", "x:\uffff", "y").forEach(name -> put(id, name, "text", ""));

        var page = kv.read("kv.keys.list", arguments("namespaceId", id, "prefix", "x:"));

        assertThat(names(page)).containsExactly("x:", "x:1", "x:\uffff");
    }

    @Test
    void whatHasExpiredIsNotThereAndIsSwept() {
        var id = namespace();
        put(id, "soon", "text", "s".repeat(5000), "expirationTtl", 60, "metadata", new JsonObject().put("a", 1));
        put(id, "late", "text", "", "expiration", "2026-01-01T01:00:00Z");
        var before = files().size();

        clock.move(Duration.ofSeconds(59));
        assertThat(names(kv.read("kv.keys.list", arguments("namespaceId", id)))).containsExactly("late", "soon");
        clock.move(Duration.ofSeconds(1));

        assertThat(names(kv.read("kv.keys.list", arguments("namespaceId", id)))).containsExactly("late");
        assertThat(kv.refused(
                                "kv.values.get",
                                Operation.Access.READ,
                                arguments("namespaceId", id, "key", "soon", "maxBytes", 10))
                        .reason())
                .isEqualTo(ToolException.Reason.NOT_FOUND);
        assertThat(kv.read("kv.bulk.get", arguments("namespaceId", id, "keys", array("soon"), "maxBytes", 10))
                        .getJsonArray("missing"))
                .containsExactly("soon");
        var reopened = await(KvOperations.open(context, clock));
        await(reopened.sweepNow());
        assertThat(files()).hasSize(before - 1);
    }

    @Test
    void manyAreWrittenReadAndDeletedTogether() {
        var id = namespace();
        var entries = new JsonArray();
        for (var index = 0; index < 10_000; index++) {
            entries.add(arguments("key", "k" + index, "text", index % 1000 == 7 ? "l".repeat(5000) : "v" + index));
        }

        var put = kv.write("kv.bulk.put", arguments("namespaceId", id, "entries", entries));
        var got = kv.read(
                "kv.bulk.get",
                arguments("namespaceId", id, "keys", array("k1", "nobody", "k7", "k2"), "maxBytes", 100));

        assertThat(put.getInteger("written")).isEqualTo(10_000);
        assertThat(got.getJsonArray("values").stream().map(value -> ((JsonObject) value).getString("text")))
                .containsExactly("v1", "v2");
        assertThat(got.getJsonArray("missing")).containsExactly("nobody");
        assertThat(got.getJsonArray("omitted")).containsExactly("k7");
        var keys = new JsonArray(entries.stream()
                .map(entry -> ((JsonObject) entry).getString("key"))
                .toList());
        assertThat(kv.write("kv.bulk.delete", arguments("namespaceId", id, "keys", keys))
                        .getInteger("deleted"))
                .isEqualTo(10_000);
        assertThat(names(kv.read("kv.keys.list", arguments("namespaceId", id)))).isEmpty();
    }

    @Test
    void oneWrongEntryStopsTheWholeBulk() {
        var id = namespace();
        var entries = array(arguments("key", "good", "text", ""), arguments("key", "bad"));

        var refused =
                kv.refused("kv.bulk.put", Operation.Access.WRITE, arguments("namespaceId", id, "entries", entries));

        assertThat(refused.reason()).isEqualTo(ToolException.Reason.INVALID);
        assertThat(names(kv.read("kv.keys.list", arguments("namespaceId", id)))).isEmpty();
    }

    static Stream<Arguments> wrong() {
        var value = arguments("key", "k", "text", "v");
        return Stream.of(
                Arguments.of("an empty key", value.copy().put("key", ""), "1 to 512 bytes"),
                Arguments.of("a long key", value.copy().put("key", "ü".repeat(257)), "1 to 512 bytes"),
                Arguments.of("a dot", value.copy().put("key", "."), "1 to 512 bytes"),
                Arguments.of("two dots", value.copy().put("key", ".."), "1 to 512 bytes"),
                Arguments.of("half a pair in the key", value.copy().put("key", "\ud83d"), "surrogate"),
                Arguments.of("half a pair in the text", value.copy().put("text", "\ud83d"), "surrogate"),
                Arguments.of("text and base64", value.copy().put("base64", "AA=="), "either"),
                Arguments.of("no value", arguments("key", "k"), "either"),
                Arguments.of("no base64", arguments("key", "k", "base64", "?"), "base64"),
                Arguments.of("a short life", value.copy().put("expirationTtl", 59), "60 seconds"),
                Arguments.of("no life", value.copy().put("expirationTtl", -1), "60 seconds"),
                Arguments.of("the past", value.copy().put("expiration", "2025-01-01T00:00:00Z"), "60 seconds"),
                Arguments.of("no time", value.copy().put("expiration", "soon"), "such as"),
                Arguments.of("long metadata", value.copy().put("metadata", "m".repeat(1023)), "1024"),
                Arguments.of("a long value", value.copy().put("text", "v".repeat((25 << 20) + 1)), "26214400"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void wrongInputIsInvalid(String name, JsonObject arguments, String message) {
        var refused = kv.refused("kv.values.put", Operation.Access.WRITE, arguments.put("namespaceId", KvSample.ID));

        assertThat(refused.reason()).isEqualTo(ToolException.Reason.INVALID);
        assertThat(refused).hasMessageContaining(message);
    }

    @Test
    void aForeignCursorIsInvalid() {
        var refused = kv.refused(
                "kv.keys.list", Operation.Access.READ, arguments("namespaceId", KvSample.ID, "cursor", "?!"));

        assertThat(refused.reason()).isEqualTo(ToolException.Reason.INVALID);
    }

    @Test
    void nothingIsFoundInAnUnknownNamespaceAndNothingIsLeft() {
        var before = files();
        var put = arguments("namespaceId", NOBODY, "key", "k", "text", "v".repeat(5000));

        assertThat(kv.refused("kv.values.put", Operation.Access.WRITE, put).reason())
                .isEqualTo(ToolException.Reason.NOT_FOUND);
        assertThat(kv.refused("kv.namespaces.delete", Operation.Access.WRITE, arguments("namespaceId", NOBODY))
                        .reason())
                .isEqualTo(ToolException.Reason.NOT_FOUND);
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void whatWritesIsRefusedAsARead() {
        for (var operation : List.of(
                "kv.namespaces.create",
                "kv.namespaces.rename",
                "kv.namespaces.delete",
                "kv.values.put",
                "kv.values.delete",
                "kv.bulk.put",
                "kv.bulk.delete")) {
            assertThat(kv.refused(operation, Operation.Access.READ, new JsonObject()))
                    .hasMessageContaining("sent as a read");
        }
    }

    @Test
    void whatACrashLeftIsRemovedUnlessItIsYoung() throws IOException {
        var values = folder.resolve(KvTables.ENTRIES);
        var known = files();
        var old = Files.writeString(values.resolve("a".repeat(32)), "never named");
        var half = Files.writeString(values.resolve("b".repeat(32) + ".half"), "half");
        var young = Files.writeString(values.resolve("c".repeat(32)), "being written");
        var hourAgo = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
        Files.setLastModifiedTime(old, hourAgo);
        Files.setLastModifiedTime(half, hourAgo);
        for (var name : known) {
            Files.setLastModifiedTime(values.resolve(name), hourAgo);
        }

        await(KvOperations.open(context, clock));

        assertThat(files()).contains(young.getFileName().toString()).containsAll(known);
        assertThat(old).doesNotExist();
        assertThat(half).doesNotExist();
    }

    @Test
    void aWriteWhoseCleaningFailsIsKept() throws IOException {
        var id = namespace();
        var before = files();
        put(id, "a", "text", "x".repeat(10_000));
        var old = new ArrayList<>(files());
        old.removeAll(before);
        undeletable(folder.resolve(KvTables.ENTRIES).resolve(old.get(0)));

        put(id, "a", "text", "y".repeat(10_000));

        assertThat(get(id, "a").getString("text")).isEqualTo("y".repeat(10_000));
        kv.write("kv.values.delete", arguments("namespaceId", id, "key", "a"));
        assertThat(kv.refused("kv.values.get", Operation.Access.READ, arguments("namespaceId", id, "key", "a"))
                        .reason())
                .isEqualTo(ToolException.Reason.NOT_FOUND);
    }

    private static void undeletable(Path file) throws IOException {
        Files.delete(file);
        Files.createDirectories(file.resolve("full"));
    }

    private String namespace() {
        return kv.write("kv.namespaces.create", arguments("title", "of a test")).getString("id");
    }

    private void put(String namespace, String key, Object... more) {
        kv.write("kv.values.put", arguments(more).put("namespaceId", namespace).put("key", key));
    }

    private JsonObject get(String namespace, String key) {
        return kv.read("kv.values.get", arguments("namespaceId", namespace, "key", key, "maxBytes", 1_000_000));
    }

    private static List<String> names(JsonObject page) {
        var names = new ArrayList<String>();
        page.getJsonArray("keys").forEach(key -> names.add(((JsonObject) key).getString("name")));
        return names;
    }

    private List<String> files() {
        try (var files = Files.list(folder.resolve(KvTables.ENTRIES))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
