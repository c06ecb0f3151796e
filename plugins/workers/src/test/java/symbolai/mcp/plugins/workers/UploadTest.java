package symbolai.mcp.plugins.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import symbolai.mcp.api.ToolException;

class UploadTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/passwd",
                "../up.js",
                "a/../b.js",
                "./a.js",
                "a//b.js",
                "a/",
                ".",
                "..",
                "a\"b.js",
                "a\\b.js",
                "a\nb.js",
                "a\u0000.js",
                "a\u007f.js"
            })
    void aModuleCannotHaveAName(String name) {
        assertThatThrownBy(() ->
                        Upload.from(upload(new JsonObject().put("name", name).put("text", ""))))
                .isInstanceOf(ToolException.class)
                .hasMessageStartingWith("modules[0]: a module's name is a relative path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"index.js", "src/a b.mjs", "[slug]/page.js", "ünï/コード.js", "...js", "a..b.js"})
    void aModuleCanHaveAName(String name) {
        assertThat(Upload.from(upload(new JsonObject().put("name", name).put("text", "")))
                        .mainModule())
                .isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                        | either as modules or as script
            {"script":"a","modules":[{"name":"a.js","text":"a"}]}     | either as modules or as script
            {"script":"a","mainModule":"a.js"}                        | mainModule belongs to modules
            {"modules":[{"name":"metadata","text":""}]}               | has a part "metadata" of its own
            {"modules":[{"name":"a.js"}]}                             | needs either text or base64
            {"modules":[{"name":"a.js","text":"","base64":""}]}       | needs either text or base64
            {"modules":[{"name":"a.js","base64":"no base64!"}]}       | is not valid base64
            {"modules":[{"name":"a.js","text":"","contentType":"a\\nb"}]} | is no media type
            {"modules":[{"name":"a.js","text":"","contentType":"a\\"b"}]} | is no media type
            {"modules":[{"name":"a.js","text":""},{"name":"a.js","text":""}]} | two modules are named "a.js"
            {"modules":[{"name":"a.js","text":""}],"mainModule":"b.js"} | no module has that name
            """)
    void wrongArgumentsAreExplained(String arguments, String message) {
        assertThatThrownBy(() -> Upload.from(new JsonObject(arguments)))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({
        "a.js, application/javascript+module",
        "a.MJS, application/javascript+module",
        "a, application/javascript+module",
        "a.json, application/json",
        "a.txt, text/plain",
        "a.py, text/x-python",
    })
    void theEndingTellsTheMediaType(String name, String type) {
        var upload = Upload.from(upload(new JsonObject().put("name", name).put("text", "")));

        assertThat(upload.modules().get(0).contentType()).isEqualTo(type);
    }

    private static JsonObject upload(JsonObject module) {
        return new JsonObject().put("modules", JsonArray.of(module));
    }
}
