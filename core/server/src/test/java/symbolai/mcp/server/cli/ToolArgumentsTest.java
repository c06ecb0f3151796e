package symbolai.mcp.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ToolArgumentsTest {

    private static final JsonObject SCHEMA = new JsonObject("""
            {"type": "object", "additionalProperties": false, "properties": {
              "sql": {"type": "string"}, "databaseId": {"type": "string"}, "limit": {"type": "integer"},
              "ratio": {"type": "number"}, "force": {"type": "boolean"}, "tags": {"type": "array", "items": {"type": "string"}},
              "params": {"type": "array"}, "options": {"type": "object"}, "any": {}, "id": {"type": ["string", "integer"]},
              "maybe": {"type": ["string", "null"]}}}""");

    static Stream<Arguments> good() {
        return Stream.of(
                Arguments.of("{}", List.of()),
                Arguments.of("{'sql': 'SELECT 1'}", List.of("--sql", "SELECT 1")),
                Arguments.of("{'sql': '-- x'}", List.of("--sql", "-- x")),
                Arguments.of("{'sql': '--limit'}", List.of("--sql", "--limit")),
                Arguments.of("{'sql': 'a=b'}", List.of("--sql=a=b")),
                Arguments.of("{'sql': ''}", List.of("--sql=")),
                Arguments.of("{'sql': ''}", List.of("--sql", "")),
                Arguments.of("{'sql': '5'}", List.of("--sql", "5")),
                Arguments.of("{'databaseId': 'x'}", List.of("--database-id", "x")),
                Arguments.of("{'limit': -5}", List.of("--limit", "-5")),
                Arguments.of("{'limit': 9223372036854775807}", List.of("--limit", "9223372036854775807")),
                Arguments.of("{'ratio': 0.5}", List.of("--ratio", "5e-1")),
                Arguments.of("{'force': true}", List.of("--force")),
                Arguments.of("{'force': false}", List.of("--force", "false")),
                Arguments.of("{'force': true, 'limit': 1}", List.of("--force", "--limit", "1")),
                Arguments.of("{'tags': ['a', '2']}", List.of("--tags", "a", "--tags", "2")),
                Arguments.of("{'tags': ['a,b']}", List.of("--tags", "a,b")),
                Arguments.of("{'tags': ['a', 'b']}", List.of("--tags", "['a', 'b']")),
                Arguments.of(
                        "{'params': [1, 'x', true]}", List.of("--params", "1", "--params", "x", "--params", "true")),
                Arguments.of("{'options': {'a': 1}}", List.of("--options", "{'a': 1}")),
                Arguments.of("{'any': {'a': [1]}}", List.of("--any", "{'a': [1]}")),
                Arguments.of("{'any': 'text'}", List.of("--any", "text")),
                Arguments.of("{'id': 7}", List.of("--id", "7")),
                Arguments.of("{'id': 'x7'}", List.of("--id", "x7")),
                Arguments.of("{'id': '{}'}", List.of("--id", "{}")),
                Arguments.of("{'maybe': 'null'}", List.of("--maybe", "null")),
                Arguments.of("{'maybe': '5'}", List.of("--maybe", "5")));
    }

    @ParameterizedTest
    @MethodSource("good")
    void textsGetTheTypesOfTheSchema(String json, List<String> options) {
        var arguments = new ToolArguments("tool", SCHEMA)
                .read(
                        new JsonObject(),
                        options.stream().map(ToolArgumentsTest::json).toList());

        assertThat(arguments).isEqualTo(new JsonObject(json(json)));
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                Arguments.of("'x' belongs to no argument; write --NAME before a value.", List.of("x")),
                Arguments.of("'-l' belongs to no argument; write --NAME before a value.", List.of("-l", "5")),
                Arguments.of("'--' belongs to no argument; write --NAME before a value.", List.of("--", "5")),
                Arguments.of("--sql needs a value.", List.of("--sql")),
                Arguments.of("--sql is given twice.", List.of("--sql", "a", "--sql", "b")),
                Arguments.of("--limit: 'ten' is not a whole number.", List.of("--limit", "ten")),
                Arguments.of("--limit: '1.5' is not a whole number.", List.of("--limit", "1.5")),
                Arguments.of(
                        "--limit: '99999999999999999999' is not a whole number.",
                        List.of("--limit", "99999999999999999999")),
                Arguments.of("--ratio: 'NaN' is not a number.", List.of("--ratio", "NaN")),
                Arguments.of("--force: 'yes' is not true or false.", List.of("--force=yes")),
                Arguments.of("--options: '[]' is not a JSON object.", List.of("--options", "[]")),
                Arguments.of("--tags: '[1' is not a JSON list.", List.of("--tags", "[1")),
                Arguments.of(
                        "The tool tool has no argument --databaseID2; did you mean --databaseId?",
                        List.of("--databaseID2", "x")));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void aMistakeIsAMistakeOfUse(String message, List<String> options) {
        var failure = catchThrowableOfType(
                CommandFailed.class, () -> new ToolArguments("tool", SCHEMA).read(new JsonObject(), options));

        assertThat(failure).hasMessage(message);
        assertThat(failure.code()).isEqualTo(2);
    }

    @Test
    void anOptionBeatsTheSameMemberOfTheJson() {
        var given = new JsonObject("{\"sql\": \"a\", \"limit\": 1}");

        var arguments = new ToolArguments("tool", SCHEMA).read(given, List.of("--sql", "b"));

        assertThat(arguments).isEqualTo(new JsonObject("{\"sql\": \"b\", \"limit\": 1}"));
    }

    @Test
    void whereOthersAreAllowedTheyArePassedOn() {
        var arguments = new ToolArguments("tool", new JsonObject("{\"type\": \"object\"}"))
                .read(new JsonObject(), List.of("--new-one", "5"));

        assertThat(arguments).isEqualTo(new JsonObject("{\"new-one\": 5}"));
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
