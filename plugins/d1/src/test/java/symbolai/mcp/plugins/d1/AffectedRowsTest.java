package symbolai.mcp.plugins.d1;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AffectedRowsTest {

    private final AffectedRows affected = new AffectedRows();

    static Stream<Arguments> changes() {
        return Stream.of(
                Arguments.of("DELETE FROM t", List.of()),
                Arguments.of("DELETE FROM t WHERE a > 2", List.of()),
                Arguments.of("DELETE FROM \"t\" WHERE a > ? AND b <> ?", List.of(1, "x")),
                Arguments.of(
                        "delete from main.t as x where x.a in (select a from t where b = 'y') returning a", List.of()),
                Arguments.of("DELETE FROM t INDEXED BY i WHERE a = 3", List.of()),
                Arguments.of("DELETE FROM t NOT INDEXED WHERE b = 'where; limit' -- order by", List.of()),
                Arguments.of("UPDATE t SET b = 'z'", List.of()),
                Arguments.of("UPDATE t SET b = ?, a = a + ? WHERE a < ?", List.of("n", 100, 4)),
                Arguments.of("UPDATE OR IGNORE t AS y SET b = 'a' WHERE y.a BETWEEN 2 AND 3", List.of()),
                Arguments.of("UPDATE t SET b = (SELECT max(b) FROM t WHERE a = 1 LIMIT 1) WHERE a = 2;", List.of()),
                Arguments.of("UPDATE t SET (a, b) = (SELECT a + 10, b FROM t LIMIT 1) WHERE a = 5", List.of()),
                Arguments.of("UPDATE t SET b = 'q' WHERE a IS NOT NULL RETURNING *", List.of()));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void countsTheVeryRowsThatSqliteChanges(String sql, List<Object> params) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
            fill(connection);
            var counting = affected.counting(new D1Statement(sql, new JsonArray(params)))
                    .orElseThrow();

            var counted = run(connection, counting.sql(), counting.params());
            run(connection, sql, new JsonArray(params));

            assertThat(counted).isEqualTo(run(connection, "SELECT changes()", new JsonArray()));
            new SqlGate().checkRead(counting.sql());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WITH c AS (SELECT 1) DELETE FROM t WHERE a IN c",
                "UPDATE t SET b = s.b FROM s WHERE s.a = t.a",
                "DELETE FROM t WHERE a = 1 ORDER BY a LIMIT 1",
                "DELETE FROM t WHERE a = ?1",
                "DELETE FROM t WHERE a = :a",
                "DELETE FROM t WHERE a = ?",
                "INSERT INTO t SELECT * FROM t",
                "REPLACE INTO t VALUES (1, 2)",
                "INSERT INTO t SELECT a, b FROM t UNION ALL VALUES (1, 2)",
                "INSERT INTO t (a) SELECT a FROM t UNION VALUES (1)",
                "INSERT INTO t VALUES (1, 2) UNION ALL SELECT a, b FROM t",
                "INSERT INTO t VALUES (1, 2), (3, 4) EXCEPT SELECT a, b FROM t",
                "INSERT INTO t WITH c AS (SELECT 1) VALUES (1, 2)",
                "INSERT OR REPLACE INTO t VALUES (1, 2)",
                "INSERT OR IGNORE INTO t VALUES (1, 2)",
                "INSERT INTO t VALUES (1, 2) ON CONFLICT DO NOTHING",
                "INSERT INTO t VALUES (1, 2) ON CONFLICT (a) DO UPDATE SET b = 3",
                "CREATE TABLE u (a)",
                "DROP TABLE t"
            })
    void saysNothingWhereItIsNotCertain(String sql) {
        assertThat(affected.counting(D1Statement.of(sql))).isEmpty();
        assertThat(affected.listed(D1Statement.of(sql))).isEmpty();
    }

    @Test
    void countsRowsThatAreNamedOneByOne() {
        assertThat(affected.listed(
                        D1Statement.of("INSERT INTO t (a, b) VALUES (1, (SELECT 2)), (?, ')') RETURNING (a)")))
                .hasValue(2);
        assertThat(affected.listed(D1Statement.of("INSERT INTO t VALUES (1, 2);")))
                .hasValue(1);
        assertThat(affected.listed(D1Statement.of("INSERT INTO main.t AS \"select\" (a) VALUES (1), (2), (3)")))
                .hasValue(3);
        assertThat(affected.listed(D1Statement.of("INSERT INTO t DEFAULT VALUES")))
                .hasValue(1);
    }

    private static void fill(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (a INTEGER, b TEXT)");
            statement.execute("CREATE INDEX i ON t (a)");
            statement.execute("INSERT INTO t VALUES (1, 'x'), (2, 'y'), (3, 'y'), (4, 'where; limit'), (5, 'z')");
        }
    }

    private static long run(Connection connection, String sql, JsonArray params) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (var index = 0; index < params.size(); index++) {
                statement.setObject(index + 1, params.getValue(index));
            }
            var rows = statement.execute();
            try (var result = rows
                    ? statement.getResultSet()
                    : connection.createStatement().executeQuery("SELECT 0")) {
                var first = result.next() && rows ? result.getLong(1) : 0;
                while (result.next()) {
                    // A statement that returns rows is done when all are read.
                }
                return first;
            }
        }
    }
}
