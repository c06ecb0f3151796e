package symbolai.mcp.plugins.wrangler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WranglerProjectTest {

    private static final String JSONC = """
            {
              // wrangler's own form
              "$schema": "./node_modules/wrangler/config-schema.json",
              "name": "shop", "main": "src/index.ts", "compatibility_date": "2026-10-01",
              "compatibility_flags": ["nodejs_compat"],
              "vars": {"TOKEN": "not-to-be-read", "LEVEL": 3},
              "observability": {"enabled": true},
              "triggers": {"crons": ["*/5 * * * *"]},
              "build": {"command": "npm run build", "cwd": "web", "watch_dir": ["src", "lib"]},
              "assets": {"directory": "./public"},
              "routes": ["shop.example/*", {"pattern": "www.shop.example/*", "zone_name": "shop.example"}],
              /* stores */
              "d1_databases": [
                {"binding": "DB", "database_name": "orders", "database_id": "11111111-2222-3333-4444-555555555555"},
                {"binding": "PREVIEW", "database_id": "a", "preview_database_id": "b"},
                {"binding": "BARE"},
              ],
              "kv_namespaces": [{"binding": "KV", "id": "aaaabbbbccccddddeeeeffff00001111"}, {"binding": "K2", "id": "x", "preview_id": "y"}],
              "r2_buckets": [{"binding": "FILES", "bucket_name": "files", "jurisdiction": "eu"}],
              "env": {
                "staging": {"d1_databases": [{"binding": "DB", "database_name": "orders-staging"}], "main": "src/staging.ts"},
                "live": {"name": "shop-live"},
              },
            }
            """;

    private static final String TOML = """
            # the older form
            name = "shop"
            main = "src/index.ts"
            compatibility_date = "2026-10-01"
            route = "shop.example/*"

            [vars]
            LEVEL = 3

            [build]
            command = "make"
            watch_dir = "src"

            [[d1_databases]]
            binding = "DB"
            database_name = "orders"
            database_id = "11111111-2222-3333-4444-555555555555"

            [env.staging]
            kv_namespaces = [{ binding = "KV", id = "k" }]
            """;

    @TempDir
    private Path folder;

    @Test
    void readsJsonWithCommentsAndTrailingCommas() throws IOException {
        write("wrangler.jsonc", JSONC);

        var project = WranglerProject.read(folder);
        var worker = project.worker();

        assertThat(project.file()).isEqualTo(folder.resolve("wrangler.jsonc"));
        assertThat(project.state()).isEqualTo(folder.resolve(".wrangler/state/v3"));
        assertThat(worker.name()).hasValue("shop");
        assertThat(worker.main()).hasValue(folder.resolve("src/index.ts"));
        assertThat(worker.compatibilityDate()).hasValue("2026-10-01");
        assertThat(worker.compatibilityFlags()).containsExactly("nodejs_compat");
        assertThat(worker.variables()).containsExactly("TOKEN", "LEVEL");
        assertThat(worker.crons()).containsExactly("*/5 * * * *");
        assertThat(worker.build())
                .hasValue(new BuildCommand(
                        "npm run build", folder.resolve("web"), List.of(folder.resolve("src"), folder.resolve("lib"))));
        assertThat(worker.assets()).hasValue(folder.resolve("public"));
        assertThat(worker.routes()).containsExactly("shop.example/*", "www.shop.example/*");
        assertThat(worker.databases()).extracting(D1Binding::title).containsExactly("orders", "PREVIEW", "BARE");
        assertThat(worker.databases())
                .extracting(D1Binding::devId)
                .containsExactly("11111111-2222-3333-4444-555555555555", "b", "BARE");
        assertThat(worker.namespaces())
                .extracting(KvBinding::devId)
                .containsExactly("aaaabbbbccccddddeeeeffff00001111", "y");
        assertThat(worker.buckets()).extracting(R2Binding::devId).containsExactly("files");
        assertThat(worker.observability()).isTrue();
        assertThat(project.toString()).doesNotContain("not-to-be-read");
    }

    @Test
    void anEnvironmentInheritsAllButItsBindings() throws IOException {
        write("wrangler.jsonc", JSONC);

        var staging = WranglerProject.read(folder).environments().get("staging");
        var live = WranglerProject.read(folder).environments().get("live");

        assertThat(staging.name()).hasValue("shop-staging");
        assertThat(staging.main()).hasValue(folder.resolve("src/staging.ts"));
        assertThat(staging.compatibilityDate()).hasValue("2026-10-01");
        assertThat(staging.databases()).extracting(D1Binding::devId).containsExactly("DB");
        assertThat(staging.namespaces()).isEmpty();
        assertThat(staging.variables()).isEmpty();
        assertThat(live.name()).hasValue("shop-live");
        assertThat(WranglerProject.read(folder).workers()).hasSize(3);
    }

    @Test
    void readsToml() throws IOException {
        write("wrangler.toml", TOML);

        var project = WranglerProject.read(folder);

        assertThat(project.worker().name()).hasValue("shop");
        assertThat(project.worker().routes()).containsExactly("shop.example/*");
        assertThat(project.worker().build()).hasValue(new BuildCommand("make", folder, List.of(folder.resolve("src"))));
        assertThat(project.worker().databases()).extracting(D1Binding::title).containsExactly("orders");
        assertThat(project.environments().get("staging").namespaces())
                .extracting(KvBinding::devId)
                .containsExactly("k");
    }

    @Test
    void looksForFilesInWranglersOrder() throws IOException {
        write("wrangler.toml", "name = \"toml\"");
        assertThat(WranglerProject.read(folder).worker().name()).hasValue("toml");
        write("wrangler.jsonc", "{\"name\": \"jsonc\"}");
        assertThat(WranglerProject.read(folder).worker().name()).hasValue("jsonc");
        write("wrangler.json", "{\"name\": \"json\"}");
        assertThat(WranglerProject.read(folder).worker().name()).hasValue("json");
    }

    @Test
    void readsTheFileThatIsNamed() throws IOException {
        write("other.toml", "name = \"other\"");
        write("wrangler.json", "{}");

        assertThat(WranglerProject.read(folder.resolve("other.toml")).worker().name())
                .hasValue("other");
    }

    static Stream<Arguments> wrongFiles() {
        return Stream.of(
                Arguments.of("wrangler.jsonc", "{\n  \"name\": \"a\",\n  oops\n}", "wrangler.jsonc:3: "),
                Arguments.of("wrangler.jsonc", "{} {}", "wrangler.jsonc:1: "),
                Arguments.of("wrangler.jsonc", "", "an object is expected"),
                Arguments.of("wrangler.json", "[]", "an object is expected"),
                Arguments.of("wrangler.toml", "name = \"a\"\nmain = \n", "wrangler.toml:2: "),
                Arguments.of("wrangler.toml", "a = " + "[".repeat(100_000), "wrangler.toml:1: "),
                Arguments.of("wrangler.json", "{\"a\":" + "[".repeat(100_000), "wrangler.json:1: "),
                Arguments.of("wrangler.json", "{\"name\": 3}", "\"name\": a text is expected"),
                Arguments.of("wrangler.json", "{\"d1_databases\": {}}", "\"d1_databases\": a list is expected"),
                Arguments.of("wrangler.json", "{\"d1_databases\": [1]}", "\"d1_databases[0]\": an object is expected"),
                Arguments.of(
                        "wrangler.json", "{\"d1_databases\": [{}]}", "\"d1_databases[0].binding\": a text is missing"),
                Arguments.of(
                        "wrangler.json",
                        "{\"env\": {\"x\": {\"kv_namespaces\": [{\"binding\": true}]}}}",
                        "\"env.x.kv_namespaces[0].binding\": a text is expected"),
                Arguments.of("wrangler.json", "{\"env\": []}", "\"env\": an object is expected"),
                Arguments.of("wrangler.json", "{\"vars\": \"x\"}", "\"vars\": an object is expected"),
                Arguments.of("wrangler.json", "{\"main\": \"a\\u0000b\"}", "\"main\": no path on this system"),
                Arguments.of("wrangler.json", " ".repeat((1 << 20) + 1), "larger than 1048576 bytes"));
    }

    @ParameterizedTest
    @MethodSource("wrongFiles")
    void aWrongFileIsNamedWithThePlace(String name, String text, String message) throws IOException {
        write(name, text);

        assertThatThrownBy(() -> WranglerProject.read(folder))
                .isInstanceOf(WranglerFileException.class)
                .hasMessageContaining(folder.resolve(name).toString())
                .hasMessageContaining(message);
    }

    @Test
    void otherBytesThanUtf8AreRefused() throws IOException {
        Files.write(folder.resolve("wrangler.json"), "{\"name\": \"ü\"}".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> WranglerProject.read(folder)).hasMessageContaining("not UTF-8");
    }

    @Test
    void aFolderWithoutProjectIsNamed() {
        assertThatThrownBy(() -> WranglerProject.read(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(folder + " holds none of wrangler.json, wrangler.jsonc, wrangler.toml");
        assertThatThrownBy(() -> WranglerProject.read(folder.resolve("none")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not there");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
