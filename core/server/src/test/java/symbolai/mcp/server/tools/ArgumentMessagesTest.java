package symbolai.mcp.server.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import symbolai.mcp.api.Schemas;

class ArgumentMessagesTest {

    private static final CompiledSchema SCHEMA = CompiledSchema.of(Schemas.object()
            .required("databaseId", Schemas.string("The database."))
            .optional("limit", Schemas.integer("How many.").put("minimum", 1).put("maximum", 100))
            .optional(
                    "ratio",
                    Schemas.number("A ratio.").put("exclusiveMinimum", 0).put("multipleOf", 0.5))
            .optional("mode", Schemas.string("The mode.").put("enum", new JsonArray(List.of("read", "write"))))
            .optional("name", Schemas.string("A name.").put("minLength", 2).put("maxLength", 5))
            .optional("code", Schemas.string("A code.").put("pattern", "^[a-z]+$"))
            .optional("dry", Schemas.bool("Whether to try only."))
            .optional(
                    "params",
                    Schemas.array("Values.", new JsonObject().put("type", new JsonArray(List.of("string", "null"))))
                            .put("maxItems", 2)
                            .put("uniqueItems", true))
            .optional(
                    "filter",
                    Schemas.object()
                            .required("column", Schemas.string("The column."))
                            .build("A filter."))
            .optional("kind", new JsonObject().put("const", "table"))
            .build());

    static Stream<Arguments> wrong() {
        return Stream.of(
                row("{}", "databaseId: is missing; it is a text"),
                row("{'databaseId':7}", "databaseId: 7 is not a text"),
                row("{'databaseId':'d','limit':'ten'}", "limit: 'ten' is not an integer"),
                row("{'databaseId':'d','limit':1.5}", "limit: 1.5 is not an integer"),
                row("{'databaseId':'d','limit':null}", "limit: null is not an integer"),
                row("{'databaseId':'d','limit':0}", "limit: 0 is less than the minimum 1"),
                row("{'databaseId':'d','limit':500}", "limit: 500 is more than the maximum 100"),
                row("{'databaseId':'d','ratio':0}", "ratio: 0 is not more than 0"),
                row("{'databaseId':'d','ratio':0.7}", "ratio: 0.7 is not a multiple of 0.5"),
                row("{'databaseId':'d','mode':'delete'}", "mode: 'delete' is not one of 'read', 'write'"),
                row("{'databaseId':'d','name':'x'}", "name: 'x' is shorter than 2 characters"),
                row("{'databaseId':'d','name':'longer'}", "name: 'longer' is longer than 5 characters"),
                row("{'databaseId':'d','code':'A1'}", "code: 'A1' does not match the pattern ^[a-z]+$"),
                row("{'databaseId':'d','dry':'yes'}", "dry: 'yes' is not true or false"),
                row("{'databaseId':'d','params':'x'}", "params: 'x' is not a list"),
                row("{'databaseId':'d','params':['a',1]}", "params[1]: 1 is not a text or null"),
                row("{'databaseId':'d','params':['a','b','c']}", "params: has more than 2 elements"),
                row("{'databaseId':'d','params':['a','a']}", "params: has an element twice"),
                row("{'databaseId':'d','filter':[]}", "filter: a list is not an object"),
                row("{'databaseId':'d','filter':{}}", "filter.column: is missing; it is a text"),
                row("{'databaseId':'d','filter':{'column':{}}}", "filter.column: an object is not a text"),
                row("{'databaseId':'d','kind':'view'}", "kind: 'view' is not 'table'"),
                row("{'databaseId':'d','databasId':'e'}", "databasId: is not known; did you mean 'databaseId'?"),
                row("{'databaseId':'d','LIMIT':5}", "LIMIT: is not known; did you mean 'limit'?"),
                row(
                        "{'databaseId':'d','zebra':5}",
                        "zebra: is not known; known are databaseId, limit, ratio, mode, name, code, dry, params, filter, kind"),
                row(
                        "{'databaseId':'d','mode':'a\\nb\\u001b[31m\\u202e'}",
                        "mode: 'a\\u{00000A}b\\u{00001B}[31m\\u{00202E}' is not one of 'read', 'write'"));
    }

    private static Arguments row(String arguments, String message) {
        return Arguments.of(arguments.replace('\'', '"'), message);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void aProblemNamesTheArgumentTheValueAndWhatWouldBeRight(String arguments, String message) {
        assertThat(SCHEMA.problems(new JsonObject(arguments))).containsExactly(message);
    }

    @Test
    void everyProblemIsALine() {
        var problems = SCHEMA.problems(new JsonObject().put("limit", "ten").put("dry", 1));

        assertThat(problems)
                .containsExactlyInAnyOrder(
                        "databaseId: is missing; it is a text",
                        "limit: 'ten' is not an integer",
                        "dry: 1 is not true or false");
    }

    @Test
    void manyProblemsAreCut() {
        var arguments = new JsonObject().put("databaseId", "d");
        for (int i = 0; i < 30; i++) {
            arguments.put("unknown" + i, i);
        }

        assertThat(SCHEMA.problems(arguments)).hasSize(11).last().isEqualTo("and 20 more");
    }

    @Test
    void aLongValueIsCut() {
        var problems = SCHEMA.problems(new JsonObject().put("databaseId", "d").put("limit", "x".repeat(10_000)));

        assertThat(problems).containsExactly("limit: '" + "x".repeat(40) + "…' is not an integer");
    }

    @Test
    void whatIsRightHasNoProblem() {
        var arguments = "{\"databaseId\":\"d\",\"limit\":10,\"ratio\":1.5,\"mode\":\"read\",\"params\":[\"a\",null],"
                + "\"filter\":{\"column\":\"c\"},\"kind\":\"table\",\"dry\":false}";

        assertThat(SCHEMA.problems(new JsonObject(arguments))).isEmpty();
    }

    @Test
    void alternativesSayWhatEachOfThemMisses() {
        var schema = CompiledSchema.of(new JsonObject("""
                {"type":"object","properties":{"id":{"anyOf":[{"type":"string"},{"type":"integer"}]}}}"""));

        assertThat(schema.problems(new JsonObject().put("id", true)))
                .containsExactly("id: true is not a text", "id: true is not an integer");
    }

    static Stream<Arguments> slowElsewhere() {
        var text = "a".repeat(100_000) + "!";
        var pattern = CompiledSchema.of(Schemas.object()
                .required("text", Schemas.string("A text.").put("pattern", "^(a+)+$"))
                .build());
        var names = CompiledSchema.of(Schemas.object()
                .build()
                .put("additionalProperties", true)
                .put("patternProperties", new JsonObject().put("^(a+)+$", new JsonObject().put("type", "string"))));
        var longNames = new JsonObject();
        for (int i = 0; i < 400; i++) {
            longNames.put("a".repeat(250) + i, 1); // A longer name is not read from a message.
        }
        var template = UriTemplate.parse("x://{a}a{b}a{c}a{d}!!");
        return Stream.of(
                Arguments.of(
                        "pattern",
                        (Supplier<Object>) () -> pattern.problems(new JsonObject().put("text", text))
                                .size(),
                        1,
                        5),
                Arguments.of(
                        "patternProperties",
                        (Supplier<Object>) () -> names.problems(longNames).size(),
                        0,
                        50),
                Arguments.of("template", (Supplier<Object>) () -> template.match("x://" + text), Optional.empty(), 5));
    }

    /** Names cost more than texts: the library copies each of the four hundred, and looks at it for more than one keyword. */
    @ParameterizedTest(name = "{0} within {3} ms")
    @MethodSource("slowElsewhere")
    void row29AHundredThousandCharactersTakeMilliseconds(
            String what, Supplier<Object> matching, Object result, int millis) {
        var threads = ManagementFactory.getThreadMXBean();
        var took = new ArrayList<Long>();
        for (int i = 0; i < 41; i++) {
            var started = threads.getCurrentThreadCpuTime();
            var found = matching.get();
            took.add(threads.getCurrentThreadCpuTime() - started);

            assertThat(found).isEqualTo(result);
        }
        Collections.sort(took.subList(21, 41));
        assertThat(Duration.ofNanos(took.get(31)))
                .as(what + ", the median of the last twenty")
                .isLessThan(Duration.ofMillis(millis));
    }
}
