package symbolai.mcp.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SqlStatementsTest {

    static Stream<Arguments> scripts() {
        return Stream.of(
                Arguments.of("", List.of()),
                Arguments.of(" ; -- nothing\n;", List.of()),
                Arguments.of("SELECT 1+1", List.of("SELECT 1+1")),
                Arguments.of(" /* a; */ SELECT 1 ; SELECT ';' -- b; c\n;", List.of("SELECT 1", "SELECT ';'")),
                Arguments.of("SELECT 1 /* in the middle; */ +2;", List.of("SELECT 1 /* in the middle; */ +2")),
                Arguments.of("SELECT \"a;b\", [c;d];VALUES(1)", List.of("SELECT \"a;b\", [c;d]", "VALUES(1)")),
                Arguments.of(
                        "CREATE TRIGGER t AFTER INSERT ON u BEGIN DELETE FROM v; END; SELECT 2",
                        List.of("CREATE TRIGGER t AFTER INSERT ON u BEGIN DELETE FROM v; END", "SELECT 2")));
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void statementsKeepTheirText(String sql, List<String> statements) {
        assertThat(SqlStatements.texts(sql)).isEqualTo(statements);
        assertThat(SqlStatements.split(sql)).hasSameSizeAs(statements);
    }
}
