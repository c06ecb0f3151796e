package symbolai.mcp.plugins.cloudflare.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowCapsTest {

    @Test
    void whatFitsIsWhole() {
        var result = new RowCaps(2, 100, 5)
                .result(List.of("a"), List.of(row("12345"), row(JsonArray.of(0, 255))), 1, 7, 0.5);

        assertThat(result)
                .isEqualTo(new JsonObject()
                        .put("columns", JsonArray.of("a"))
                        .put("rows", JsonArray.of(row("12345"), row(new JsonObject().put("base64", "AP8="))))
                        .put("truncated", false)
                        .put("changes", 1L)
                        .put("durationMs", 0.5)
                        .put("lastRowId", 7L));
    }

    @Test
    void rowsBytesAndCellsAreCut() {
        var rows = new RowCaps(1, 100, 5).result(List.of("a"), List.of(row(1), row(2)), 0, 0, 0);
        var bytes = new RowCaps(9, 4, 5).result(List.of("a"), List.of(row("abc"), row("def"), row("")), 0, 0, 0);
        var cells =
                new RowCaps(9, 100, 2).result(List.of("a"), List.of(row("abc"), row(JsonArray.of(1, 2, 3))), 0, 0, 0);
        var pair = new RowCaps(9, 100, 1).result(List.of("a"), List.of(row("😀")), 0, 0, 0);

        assertThat(rows.getJsonArray("rows")).containsExactly(row(1));
        assertThat(bytes.getJsonArray("rows")).containsExactly(row("abc"));
        assertThat(cells.getJsonArray("rows")).containsExactly(row("ab…"), row(new JsonObject().put("base64", "AQI=")));
        assertThat(pair.getJsonArray("rows")).containsExactly(row("…"));
        assertThat(List.of(rows, bytes, cells, pair)).allMatch(result -> result.getBoolean("truncated"));
        assertThat(rows.containsKey("lastRowId")).isFalse();
    }

    private static JsonArray row(Object value) {
        return JsonArray.of(value);
    }
}
