package symbolai.mcp.plugins.local.projects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalConfigTest {

    @Test
    void nothingIsBuiltUnlessSwitchedOn() {
        assertThat(LocalConfig.read(new JsonObject()))
                .isEqualTo(new LocalConfig(List.of(), false, Duration.ofMinutes(10), ""));
    }

    @Test
    void everyKeyIsReadAlsoFromAnEnvironmentVariable() {
        var file = new JsonObject(
                "{\"projects\": [\"/a\", \"/b\"], \"builds\": true, \"buildMinutes\": 3, \"buildCommand\": \"make\"}");
        var variables = new JsonObject(
                "{\"projects\": \"/a, /b\", \"builds\": \"true\", \"buildMinutes\": \"3\", \"buildCommand\": \"make\"}");

        assertThat(LocalConfig.read(file))
                .isEqualTo(new LocalConfig(List.of(Path.of("/a"), Path.of("/b")), true, Duration.ofMinutes(3), "make"))
                .isEqualTo(LocalConfig.read(variables));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"project": []}          | plugins.config.local.project is not known
            {"projects": 5}          | is a list
            {"projects": [5]}        | whole path
            {"projects": ["shop"]}   | whole path
            {"projects": ["/a\\u0000"]} | no path
            {"builds": "yes"}        | true or false
            {"buildMinutes": 0}      | 1 to 120
            {"buildMinutes": "ten"}  | whole number
            """)
    void aWrongSectionIsRefusedByItsKey(String section, String message) {
        assertThatThrownBy(() -> LocalConfig.read(new JsonObject(section))).hasMessageContaining(message);
    }
}
