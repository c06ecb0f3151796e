package symbolai.mcp.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file and the schema that are shipped say exactly what the code knows. */
class ShippedConfigTest {

    private static final Path CONF = Path.of(System.getProperty("project.root"), "distribution", "src", "conf");

    @TempDir
    Path folder;

    @Test
    void theFileAsItIsSetsNothing() {
        var values = read(CONF.resolve("symbolai-mcp.yaml")).values();

        assertThat(values).allMatch(value -> value.source().equals("default"));
    }

    @Test
    void theFileWithoutItsCommentsShowsEachKeyWithItsDefault() throws IOException {
        var text = Files.readString(CONF.resolve("symbolai-mcp.yaml"));
        var uncommented =
                text.replaceAll("(?m)^( *)# ([a-zA-Z]+:( .*)?)$", "$1$2").replaceAll("(?m)^ *config: .*$", "");
        var file = Files.writeString(folder.resolve("all.yaml"), uncommented);

        var shown = read(file).values();

        assertThat(shown)
                .extracting(Configuration.Effective::key, value -> value.value().replace("[]", ""))
                .containsExactlyElementsOf(Settings.ALL.stream()
                        .map(setting -> org.assertj.core.groups.Tuple.tuple(setting.key(), setting.fallback()))
                        .toList());
        var notMentioned = Settings.ALL.stream()
                .filter(setting -> !text.contains("# " + setting.key().replaceAll(".*\\.", "") + ":"))
                .toList();
        assertThat(notMentioned).isEmpty();
    }

    @Test
    void theSchemaHasEachKeyWithItsDefaultAndADescription() throws IOException {
        var keys = new TreeMap<String, String>();
        collect("", schema(), keys);

        var expected = Settings.ALL.stream().collect(Collectors.toMap(Setting::key, Setting::fallback));
        assertThat(keys).isEqualTo(new TreeMap<>(expected));
    }

    @Test
    void theSchemaAcceptsTheFileAndRefusesUnknownKeys() throws IOException {
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema().encode());

        assertThat(schema.validate(Files.readString(CONF.resolve("symbolai-mcp.yaml")), InputFormat.YAML))
                .isEmpty();
        assertThat(schema.validate("server: {prot: 1}", InputFormat.YAML)).hasSize(1);
        assertThat(schema.validate("tools: {deadline: 5}", InputFormat.YAML)).hasSize(1);
    }

    private static JsonObject schema() throws IOException {
        return new JsonObject(Files.readString(CONF.resolve("symbolai-mcp.schema.json")));
    }

    private static void collect(String prefix, JsonObject schema, Map<String, String> keys) {
        for (var name : schema.getJsonObject("properties").fieldNames()) {
            var key = prefix + name;
            var property = schema.getJsonObject("properties").getJsonObject(name);
            if (property.containsKey("properties")) {
                assertThat(property.getBoolean("additionalProperties")).isFalse();
                collect(key + ".", property, keys);
            } else if (!key.equals(Settings.PLUGIN_SECTIONS)) {
                assertThat(property.getString("description")).endsWith(".");
                var value = property.getValue("default");
                keys.put(key, value instanceof JsonArray list ? text(list) : String.valueOf(value));
            }
        }
    }

    private static String text(JsonArray list) {
        return list.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private static Configuration read(Path file) {
        return new ConfigReader(new ConfigSources(
                        Map.of(), Path.of("/home/ada"), Optional.empty(), Optional.of(file), List.of(), List.of()))
                .read();
    }
}
