package symbolai.mcp.plugins.cloudflare.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.plugins.cloudflare.backend.Fields;
import symbolai.mcp.plugins.cloudflare.faults.Sample;

class PagingTest {

    /** A server with so many entries, whose pages have at least so many; it may ignore the page, or be silent about the total. */
    @ParameterizedTest
    @CsvSource({
        "25, 10, 3, honest",
        "25, 10, 10, honest",
        "25, 1, 7, honest",
        "30, 10, 15, honest",
        "25, 10, 3, ignores",
        "25, 1, 100, ignores",
        "25, 1, 5, ignores",
        "25, 1, 7, silent",
        "24, 1, 8, silent",
        "0, 10, 5, honest",
        "0, 10, 5, silent"
    })
    void everyEntryIsGivenOnceAndTheEndIsFound(int total, int least, int perPage, String kind) {
        var given = new ArrayList<Integer>();
        var pages = 0;

        var isMore = true;
        for (var page = 1; isMore; page++) {
            var cut = page(total, least, perPage, kind, page);
            cut.entries()
                    .forEach(entry -> given.add(entry.number("n").orElseThrow().intValue()));
            isMore = cut.isMore();
            pages++;
        }

        assertThat(given).isEqualTo(IntStream.range(0, total).boxed().toList());
        assertThat(pages).isLessThanOrEqualTo(total / perPage + 2);
    }

    @Test
    void aServerThatGivesTheSamePageForeverEndsByItsOwnTotal() {
        var page = OffsetPage.of(sample(9, 10), 1);

        var cut = page.cut(entries(0, 10), Fields.of(new JsonObject().put("total_count", 20)));

        assertThat(cut.isMore()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // skip, cursor, given, size, next, expected
                "0, -, 10, 10, c1, 0.c1",
                "0, -, 3, 10, c1, 3.",
                "3, -, 3, 10, c1, 6.",
                "9, c1, 1, 10, c2, 0.c2",
                "0, c1, 10, 10, c1, -",
                "0, c1, 10, 10, -, -",
                "0, -, 0, 0, -, -"
            })
    void aPlaceInAListIsKept(int skip, String cursor, int given, int size, String next, String expected) {
        var at = new SkipCursor(skip, Optional.ofNullable(cursor).orElse(""));

        var after = at.after(given, size, Optional.ofNullable(next));

        assertThat(after.map(SkipCursor::text)).isEqualTo(Optional.ofNullable(expected));
        after.ifPresent(
                place -> assertThat(SkipCursor.of(Optional.of(place.text()))).isEqualTo(place));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1.c", "1", ".c", "99999999999.c", "1,c"})
    void aCursorThatWasNotGivenHereIsRefused(String cursor) {
        assertThatThrownBy(() -> SkipCursor.of(Optional.of(cursor))).isInstanceOf(ToolException.class);
    }

    private static OffsetPage.Cut page(int total, int least, int perPage, String kind, int page) {
        var asked = OffsetPage.of(sample(page, perPage), least);
        var query = asked.of(RestRequest.get("x")).query();
        var number = Integer.parseInt(query.replaceAll(".*[?&]page=(\\d+).*", "$1"));
        var size = Integer.parseInt(query.replaceAll(".*per_page=(\\d+).*", "$1"));
        assertThat(size).isGreaterThanOrEqualTo(least);
        return switch (kind) {
            case "ignores" -> asked.cut(entries(0, total), Fields.of(new JsonObject().put("count", total)));
            case "silent" ->
                asked.cut(entries((number - 1) * size, Math.min(total, number * size)), Fields.of(new JsonObject()));
            default ->
                asked.cut(
                        entries((number - 1) * size, Math.min(total, number * size)),
                        Fields.of(new JsonObject().put("total_count", total)));
        };
    }

    private static Operation sample(int page, int perPage) {
        return Sample.read("d1.list", "{\"page\":%d,\"perPage\":%d}".formatted(page, perPage))
                .within(Duration.ofSeconds(1));
    }

    private static JsonArray entries(int from, int to) {
        var entries = new JsonArray();
        IntStream.range(from, to).forEach(number -> entries.add(new JsonObject().put("n", number)));
        return entries;
    }
}
