package symbolai.mcp.plugins.cloudflare.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import symbolai.mcp.api.ToolException;

class BoundStatementTest {

    static Stream<Arguments> bound() {
        return Stream.of(
                row("SELECT ?", values("a"), "SELECT ?1", "a"),
                row("SELECT ?, ?", values(1, "b"), "SELECT 1, ?1", "b"),
                row("SELECT ?2, ?1, ?2", values("a", "b"), "SELECT ?1, ?2, ?1", "b", "a"),
                row("SELECT ?2, ?", values(0, 1, "c"), "SELECT 1, ?1", "c"),
                row("SELECT :a, @b, :a", values("x", 2), "SELECT ?1, 2, ?1", "x"),
                row("SELECT a-?", values(-1), "SELECT a-(-1)"),
                row("SELECT ?", values(1.5), "SELECT 1.5"),
                row("SELECT ?", values(1e300), "SELECT 1.0E300"),
                row("SELECT ?", values(true), "SELECT 1"),
                row("SELECT ?", new JsonArray().addNull(), "SELECT NULL"),
                row("SELECT ?", values(new BigInteger("9223372036854775807")), "SELECT 9223372036854775807"),
                row("SELECT ?", values(new BigInteger("9223372036854775808")), "SELECT 9.223372036854776E18"),
                row("SELECT a FROM t ORDER BY ?", values(1), "SELECT a FROM t ORDER BY ifnull(1, NULL)"),
                row("SELECT '?', \"?\", [?], `?` /* ? */, ? -- ?", values(3), "SELECT '?', \"?\", [?], `?` /* ? */, 3"),
                row(";; SELECT ?;;", values(3), "SELECT 3"),
                row("/* SELECT */ SELECT -- SELECT\n ?", values("q"), "SELECT -- SELECT\n ?1", "q"),
                row("SELECT 4 - - ?", values(3), "SELECT 4 - - 3"),
                row("SELECT 4 -/**/- ?", values(3), "SELECT 4 -/**/- 3"),
                row(
                        "CREATE TRIGGER x AFTER INSERT ON t BEGIN DELETE FROM u; DELETE FROM v; END;",
                        values(),
                        "CREATE TRIGGER x AFTER INSERT ON t BEGIN DELETE FROM u; DELETE FROM v; END"));
    }

    @ParameterizedTest
    @MethodSource("bound")
    void valuesKeepTheirTypes(String sql, JsonArray params, String expected, List<String> left) {
        var bound = BoundStatement.of(new JsonObject().put("sql", sql).put("params", params));

        assertThat(bound.sql()).isEqualTo(expected);
        assertThat(bound.params()).isEqualTo(left);
    }

    @Test
    void literalsNeedNoParameters() {
        var bound = BoundStatement.literal(
                new JsonObject().put("sql", "SELECT ?, ?").put("params", values("it's", "a\0b")));

        assertThat(bound.sql()).isEqualTo("SELECT 'it''s', CAST(x'610062' AS TEXT)");
        assertThat(bound.params()).isEmpty();
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("SELECT ?", values(), "has 1 parameters, and 0 values"),
                Arguments.of("SELECT 1", values(1), "has 0 parameters, and 1 values"),
                Arguments.of("SELECT ?0", values(1), "between ?1 and ?32766"),
                Arguments.of("SELECT ?99999999999", values(1), "between ?1 and ?32766"),
                Arguments.of("SELECT 1; SELECT 2", values(), "one SQL statement is expected"),
                Arguments.of("", values(), "there is no SQL statement"),
                Arguments.of("SELECT '" + "x".repeat(100_000) + "'", values(), "longer than 100000 bytes"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatCannotBeBoundIsInvalid(String sql, JsonArray params, String message) {
        var statement = new JsonObject().put("sql", sql).put("params", params);

        assertThatThrownBy(() -> BoundStatement.of(statement))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining(message);
    }

    private static JsonArray values(Object... values) {
        return JsonArray.of(values);
    }

    private static Arguments row(String sql, JsonArray params, String expected, String... left) {
        return Arguments.of(sql, params, expected, List.of(left));
    }
}
