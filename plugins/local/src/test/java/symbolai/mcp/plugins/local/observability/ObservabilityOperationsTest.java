package symbolai.mcp.plugins.local.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static symbolai.mcp.plugins.local.store.Asked.arguments;
import static symbolai.mcp.plugins.local.store.Asked.array;
import static symbolai.mcp.testkit.Answers.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.plugins.local.store.Asked;
import symbolai.mcp.plugins.local.store.SettableClock;
import symbolai.mcp.testkit.FakeFamilyContext;

class ObservabilityOperationsTest {

    private static final Instant NOW = Instant.parse("2026-01-03T00:00:00Z");

    @TempDir
    private Path folder;

    private final SettableClock clock = new SettableClock(NOW);
    private FakeFamilyContext context;
    private Events events;
    private Asked asked;

    @BeforeEach
    void open() {
        context = new FakeFamilyContext("local", folder);
        events = await(Events.open(context, clock));
        asked = new Asked(new ObservabilityOperations(events).operations(), Map.of());
    }

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    void theSampleEventsAreOfTheLastDay() {
        var found = query("limit", 2000);

        assertThat(found.getInteger("count")).isBetween(200, 400);
        var newest = found.getJsonArray("events").getJsonObject(0);
        var oldest = found.getJsonArray("events").getJsonObject(found.getInteger("count") - 1);
        assertThat(Instant.parse(newest.getString("at"))).isBeforeOrEqualTo(NOW);
        assertThat(Instant.parse(oldest.getString("at"))).isAfter(NOW.minus(Duration.ofDays(1)));
        assertThat(oldest.getJsonObject("fields").containsKey("source")).isTrue();
    }

    @Test
    void pagesMissNothingWhileEventsArrive() {
        var all = query("limit", 2000).getInteger("count");
        var seen = new ArrayList<String>();

        var page = query("limit", 70);
        while (page.containsKey("offset")) {
            ids(page, seen);
            add("late", "info", "arrives meanwhile");
            page = query("limit", 70, "offset", page.getString("offset"));
        }
        ids(page, seen);

        assertThat(seen).hasSize(all).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '~', textBlock = """
            $metadata.message ; eq          ; "b.c"      ; 1
            $metadata.message ; neq         ; "b.c"      ; 4
            source.n          ; eq          ; 3          ; 1
            source.n          ; gt          ; 3          ; 2
            source.n          ; gte         ; 3          ; 3
            source.n          ; lt          ; 3.5        ; 3
            source.n          ; lte         ; 2          ; 2
            source.n          ; neq         ; 3          ; 4
            source.fact       ; eq          ; true       ; 2
            source.fact       ; eq          ; false      ; 3
            $metadata.message ; includes    ; "b"        ; 3
            $metadata.message ; notIncludes ; "b"        ; 2
            $metadata.message ; startsWith  ; "b"        ; 2
            $metadata.message ; startsWith  ; "%"        ; 0
            $metadata.message ; regex       ; "^b.c$"    ; 2
            $metadata.message ; regex       ; "^b\\\\.c$" ; 1
            $metadata.message ; regex       ; "[xy]b|d$" ; 2
            $metadata.message ; regex       ; "B"        ; 0
            $metadata.message ; regex       ; "a.*b"     ; 1
            $metadata.message ; regex       ; "^\\\\d+"  ; -1
            source.only3      ; exists      ; null       ; 1
            source.only3      ; notExists   ; null       ; 4
            source.n          ; gt          ; "x"        ; 0
            """)
    void filtersKeepWhatMatches(String key, String operation, String value, int expected) {
        var messages = List.of("b.c", "bxc", "a xb", "d", "");
        for (var index = 0; index < messages.size(); index++) {
            var source = arguments("n", index + 1, "fact", index % 2 == 1);
            if (index == 2) {
                source.put("only3", "x");
            }
            await(events.append(List.of(
                    Event.said(NOW, "w", "info", messages.get(index), "t").ofRequest("r", source))));
        }
        var filter = arguments("key", key, "operation", operation);
        var given = new JsonArray("[" + value + "]").getValue(0);
        if (given != null) {
            filter.put("value", given);
        }
        var own = arguments("key", "$metadata.service", "operation", "eq", "value", "w");

        if (expected < 0) {
            assertThat(asked.refused(
                                    "observability.events",
                                    Operation.Access.READ,
                                    day().put("limit", 10).put("filters", array(filter)))
                            .reason())
                    .isEqualTo(ToolException.Reason.INVALID);
        } else {
            assertThat(query("limit", 10, "filters", array(own, filter)).getInteger("count"))
                    .isEqualTo(expected);
        }
    }

    @Test
    void aNeedleIsFoundAnywhereInAnyCase() {
        add("haystack", "info", "a NEEDLE ünder");

        assertThat(query("limit", 10, "needle", "needle").getInteger("count")).isEqualTo(1);
        assertThat(query("limit", 10, "needle", "HAYSTACK").getInteger("count")).isEqualTo(1);
        assertThat(query("limit", 10, "needle", "%").getInteger("count")).isZero();
    }

    @Test
    void everyCalculationIsRight() {
        for (var number = 1; number <= 100; number++) {
            var source = arguments("n", number, "group", number <= 10 ? "small" : "large");
            await(events.append(List.of(Event.said(NOW, "calc", "info", "", "t").ofRequest("r", source))));
        }

        assertThat(value("count")).isEqualTo(100);
        assertThat(value("uniq")).isEqualTo(100);
        assertThat(value("min")).isEqualTo(1);
        assertThat(value("max")).isEqualTo(100);
        assertThat(value("sum")).isEqualTo(5050);
        assertThat(value("avg")).isEqualTo(50.5);
        assertThat(value("median")).isEqualTo(50);
        assertThat(value("p90")).isEqualTo(90);
        assertThat(value("p95")).isEqualTo(95);
        assertThat(value("p99")).isEqualTo(99);
        var groups = calculate("p90", "groupBy", "source.group").getJsonArray("groups");
        assertThat(groups.encode())
                .isEqualTo(
                        "[{\"value\":91,\"count\":90,\"group\":\"large\"},{\"value\":9,\"count\":10,\"group\":\"small\"}]");
        assertThat(calculate("count", "groupBy", "source.group", "limit", 1).getJsonArray("groups"))
                .hasSize(1);
        assertThat(calculate("avg", "key", "source.group").getJsonArray("groups"))
                .isEmpty();
    }

    @Test
    void keysAndValuesAreListedWithTheirTypes() {
        var keys = asked.read("observability.keys", day());
        var some = asked.read("observability.keys", day().put("needle", "METADATA.S"));
        var services = values("$metadata.service", "string");

        assertThat(keys.getJsonArray("keys").stream()
                        .map(key -> ((JsonObject) key).getString("key") + " " + ((JsonObject) key).getString("type")))
                .contains("$metadata.service string", "source.status number", "source.cached boolean");
        assertThat(some.getJsonArray("keys")).hasSize(1);
        assertThat(services).containsExactly("northwind-reports", "northwind-shop");
        assertThat(values("source.cached", "boolean")).containsExactly(false, true);
        assertThat(values("source.status", "number")).containsExactly(200L, 500L);
        assertThat(values("source.status", "string")).isEmpty();
        assertThat(asked.read(
                                "observability.values",
                                day().put("key", "$metadata.service")
                                        .put("type", "string")
                                        .put("needle", "REP"))
                        .getJsonArray("values"))
                .containsExactly("northwind-reports");
    }

    @Test
    void onlyAWeekIsKept() {
        clock.move(Duration.ofDays(7));
        add("w", "info", "new");

        var found = asked.read(
                "observability.events",
                arguments("from", "2026-01-03T00:00:00Z", "to", "2026-01-10T00:00:00Z", "limit", 10));

        assertThat(found.getInteger("count")).isEqualTo(1);
        assertThat(query("limit", 10).getInteger("count")).isZero();
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("events", arguments("limit", 1, "from", "2025-12-01T00:00:00Z"), "seven days"),
                Arguments.of("events", arguments("limit", 1, "from", "2026-02-01T00:00:00Z"), "seven days"),
                Arguments.of("events", arguments("limit", 1, "from", "now"), "such as"),
                Arguments.of("events", arguments("limit", 1, "offset", "'"), "offset"),
                Arguments.of("events", filtered("a\"b", "exists", null), "path of names"),
                Arguments.of("events", filtered("", "exists", null), "path of names"),
                Arguments.of("events", filtered("a", "eq", null), "needs a value"),
                Arguments.of("events", filtered("a", "gt", true), "number or a text"),
                Arguments.of("events", filtered("a", "regex", "(a+)+$"), "simple regular"),
                Arguments.of("events", filtered("a", "regex", "a{9}"), "simple regular"),
                Arguments.of("events", filtered("a", "regex", "a||b"), "empty"),
                Arguments.of("events", filtered("a", "regex", "x".repeat(201)), "200"),
                Arguments.of("events", filtered("a", "like", "x"), "no operation"),
                Arguments.of("calculate", arguments("calculation", "sum"), "needs a key"),
                Arguments.of("calculate", arguments("calculation", "mode", "key", "a"), "no calculation"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void wrongInputIsInvalid(String operation, JsonObject arguments, String message) {
        var refused = asked.refused("observability." + operation, Operation.Access.READ, day().mergeIn(arguments));

        assertThat(refused.reason()).isEqualTo(ToolException.Reason.INVALID);
        assertThat(refused).hasMessageContaining(message);
    }

    private static JsonObject filtered(String key, String operation, Object value) {
        var filter = arguments("key", key, "operation", operation);
        return arguments("limit", 1, "filters", array(value == null ? filter : filter.put("value", value)));
    }

    private void add(String worker, String level, String message) {
        await(events.append(List.of(Event.said(clock.instant(), worker, level, message, "test"))));
    }

    private static JsonObject day() {
        return arguments("from", "2026-01-01T00:00:00Z", "to", "2026-01-03T00:00:00Z");
    }

    private JsonObject query(Object... more) {
        return asked.read("observability.events", day().mergeIn(arguments(more)));
    }

    private double value(String calculation) {
        return calculate(calculation).getJsonArray("groups").getJsonObject(0).getDouble("value");
    }

    private JsonObject calculate(String calculation, Object... more) {
        var own = arguments("key", "$metadata.service", "operation", "eq", "value", "calc");
        return asked.read(
                "observability.calculate",
                day().put("calculation", calculation)
                        .put("key", "source.n")
                        .put("filters", array(own))
                        .mergeIn(arguments(more)));
    }

    private JsonArray values(String key, String type) {
        return asked.read("observability.values", day().put("key", key).put("type", type))
                .getJsonArray("values");
    }

    private static void ids(JsonObject page, List<String> seen) {
        page.getJsonArray("events").forEach(event -> seen.add(((JsonObject) event).getString("id")));
    }
}
