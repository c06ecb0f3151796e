package symbolai.mcp.plugins.d1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.ToolException;

class SqlGateTest {

    private final SqlGate gate = new SqlGate();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "select 1;",
                " ; SELECT 1 ; ; ",
                "\t\r\n\fSELECT 1 -- to the end",
                "-- first\nSELECT 1",
                "-- a carriage return ends no comment\rDROP TABLE t\nSELECT 1",
                "/* ; DROP TABLE t */ SELECT 1",
                "/**/SELECT/*;*/1",
                "/*/ ; */ SELECT 1",
                "SELECT '; DROP TABLE t'",
                "SELECT 'it''s; here'",
                "SELECT \"; DROP\" FROM t",
                "SELECT \"a\"\"; DROP\" FROM t",
                "SELECT `;` FROM t",
                "SELECT `a``;` FROM t",
                "SELECT [; DROP] FROM t",
                "SELECT [a\"'] FROM t",
                "SELECT x'00ff', X'AB'",
                "SELECT x.y FROM x",
                "SELECT ?, ?1, :a, @b, $c",
                "SELECT a$b FROM t",
                "SELECT 0x1F, 1e5, 1.5E-3, .5, 5., 1_000",
                "SELECT a->'$.x', b->>'y', 1 << 2, a || b, a <> b, a != b, a == b, ~a, -a % 2",
                "VALUES (1), (2)",
                "WITH x AS (SELECT 1) SELECT created, \"update\" FROM x",
                "WITH x(a, b) AS (SELECT 1, 2), y AS NOT MATERIALIZED (SELECT 3) SELECT * FROM x, y",
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n LIMIT 5",
                "WITH replace AS (SELECT 1) SELECT * FROM replace",
                "WITH x AS (VALUES (1)) VALUES (2)",
                "SELECT replace('a', 'a', 'b')",
                "SELECT 'DELETE FROM t'",
                "SELECT insert_time, deleted, \"drop\" FROM logs",
                "EXPLAIN SELECT 1",
                "EXPLAIN QUERY PLAN SELECT 1",
                "explain query plan with x as (select 1) select * from x",
                "PRAGMA table_info(t)",
                "PRAGMA main.table_info('t')",
                "PRAGMA table_info = t",
                "PRAGMA table_list",
                "PRAGMA foreign_key_check",
                "PRAGMA foreign_keys",
                "PRAGMA \"table_info\"(t)",
                "SELECT * FROM pragma_table_info('t')",
                "SELECT 'pragma_optimize'",
                "SELECT load_extension FROM t",
                "SELECT * FROM täglich WHERE ünï = 'x'"
            })
    void reads(String sql) {
        assertThat(gate.checkRead(sql).access()).isEqualTo(Operation.Access.READ);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO t VALUES (1)",
                "INSERT INTO t VALUES (1) RETURNING *",
                "REPLACE INTO t VALUES (1)",
                "UPDATE t SET a = 1",
                "DELETE FROM t",
                "delete from t returning a",
                "WITH x AS (SELECT 1) DELETE FROM t",
                "WITH x AS (SELECT 1) INSERT INTO t SELECT * FROM x",
                "WITH x AS (SELECT 1) UPDATE t SET a = (SELECT 1)",
                "WITH x AS (SELECT 1) REPLACE INTO t SELECT 1",
                "WITH replace AS (SELECT 1) DELETE FROM t",
                "WITH x AS (SELECT 1)",
                "WITH",
                "CREATE TABLE t(a)",
                "CREATE TABLE t AS SELECT 1",
                "CREATE TEMP TABLE t(a)",
                "CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT 1; DELETE FROM t; END",
                "CREATE TEMP TRIGGER r AFTER INSERT ON t BEGIN SELECT CASE WHEN 1 THEN 2 END; END;",
                "DROP TABLE t",
                "ALTER TABLE t ADD b",
                "ATTACH 'x' AS y",
                "DETACH y",
                "VACUUM",
                "VACUUM INTO 'x'",
                "REINDEX",
                "ANALYZE",
                "BEGIN",
                "COMMIT",
                "END",
                "ROLLBACK",
                "SAVEPOINT a",
                "RELEASE a",
                "EXPLAIN DELETE FROM t",
                "EXPLAIN QUERY PLAN DELETE FROM t",
                "EXPLAIN PRAGMA foreign_keys = 0",
                "PRAGMA writable_schema = 1",
                "PRAGMA writable_schema",
                "PRAGMA foreign_keys = 0",
                "PRAGMA foreign_keys(0)",
                "PRAGMA main.foreign_keys = 0",
                "PRAGMA journal_mode",
                "PRAGMA optimize",
                "PRAGMA user_version = 1",
                "PRAGMA case_sensitive_like = 1",
                "PRAGMA",
                "PRAGMA x."
            })
    void mayWrite(String sql) {
        assertThat(gate.check(sql).access()).isEqualTo(Operation.Access.WRITE);
        assertThatThrownBy(() -> gate.checkRead(sql))
                .isInstanceOfSatisfying(
                        ToolException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(ToolException.Reason.REFUSED))
                .hasMessageContaining("d1_execute");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "backup to 'x'",
                "restore from 'x'",
                "SELEC 1",
                "EXPLAIN SELEC 1",
                "EXPLAIN EXPLAIN SELECT 1",
                "\"SELECT\" 1",
                "'SELECT' 1",
                "[SELECT] 1",
                "1",
                "?",
                "(SELECT 1)",
                "\u017FELECT 1",
                "V\u0430LUES (1)"
            })
    void beginsNoStatement(String sql) {
        assertThatThrownBy(() -> gate.check(sql))
                .isInstanceOfSatisfying(
                        ToolException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(ToolException.Reason.INVALID))
                .hasMessageStartingWith("SQLite knows no statement that begins with ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ";",
                "-- nothing",
                "/* nothing */",
                "SELECT 1; DROP TABLE t",
                "SELECT 1;SELECT 2",
                "SELECT 1; -- x\n DROP TABLE t",
                "SELECT 1 /* ; */ ; DROP TABLE t",
                "SELECT '''; DROP TABLE t; --' ; DELETE FROM t",
                "SELECT \"a\"; DROP TABLE t",
                "SELECT `a`; DROP TABLE t",
                "SELECT [a]]; DROP TABLE t",
                "SELECT [a]; DROP TABLE t",
                "SELECT [a[]; DROP TABLE t",
                "SELECT 'a\\'; DROP TABLE t; --'",
                "CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT 1; END; DROP TABLE t",
                "EXPLAIN CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT 1; END; DROP TABLE t",
                "CREATE TABLE trigger_log(a); DROP TABLE t",
                "SELECT 1\0; DROP TABLE t",
                "SELECT 1\0",
                "SELECT '\0'",
                "SELECT 1\u0001",
                "SELECT\u000b1",
                "SELECT \u007f",
                "SELECT '\u001b[31m'",
                "\uFEFFSELECT 1",
                "SELECT 1\uFEFF; DROP TABLE t",
                "SELECT \uD800",
                "SELECT '\uDC00'",
                "SELECT 'open",
                "SELECT \"open",
                "SELECT `open",
                "SELECT [open",
                "SELECT 1 /* open",
                "SELECT 1 /*",
                "SELECT x'0'",
                "SELECT x'0g'",
                "SELECT x'00",
                "SELECT 1abc",
                "SELECT 0x1g",
                "SELECT 1__0",
                "SELECT 1!",
                "SELECT a ! b",
                "SELECT #1",
                "SELECT @",
                "SELECT :",
                "SELECT $",
                "SELECT $a(';'); DROP TABLE t",
                "SELECT :a(')')",
                "SELECT $a::b",
                "SELECT \\",
                "SELECT {1}",
                "SELECT (1",
                "SELECT 1)",
                "SELECT 1) UNION SELECT (2",
                "EXPLAIN",
                "EXPLAIN QUERY PLAN",
                "EXPLAIN SELECT 1; DELETE FROM t"
            })
    void isNoSingleStatement(String sql) {
        assertThatThrownBy(() -> gate.check(sql))
                .isInstanceOfSatisfying(
                        ToolException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(ToolException.Reason.INVALID));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT load_extension('x')",
                "SELECT LOAD_EXTENSION ('x')",
                "SELECT \"load_extension\"('x')",
                "SELECT [load_extension] /* */ ('x')",
                "SELECT `load_extension`('x')",
                "SELECT 'load_extension'('x')",
                "SELECT writefile('x', 'y')",
                "SELECT readfile('x')",
                "SELECT edit('x')",
                "SELECT fts3_tokenizer('x', y)",
                "INSERT INTO t SELECT load_extension('x')",
                "SELECT * FROM pragma_optimize",
                "SELECT * FROM PRAGMA_OPTIMIZE(1)",
                "SELECT * FROM \"pragma_optimize\"",
                "SELECT * FROM [pragma_journal_mode]",
                "SELECT * FROM pragma_compile_options"
            })
    void neverPasses(String sql) {
        assertThatThrownBy(() -> gate.check(sql))
                .isInstanceOfSatisfying(
                        ToolException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(ToolException.Reason.REFUSED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1 LIMIT 5",
                "SELECT 1 limit 5 offset 2",
                "WITH x AS (SELECT 1) SELECT * FROM x LIMIT 1",
                "SELECT (SELECT 1 LIMIT 1) LIMIT 2"
            })
    void hasALimit(String sql) {
        assertThat(gate.check(sql).limited()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 'LIMIT 5'",
                "SELECT \"LIMIT\" FROM t",
                "SELECT 1 -- LIMIT 5",
                "SELECT * FROM (SELECT 1 LIMIT 5)",
                "WITH x AS (SELECT 1 LIMIT 5) SELECT * FROM x",
                "SELECT limits FROM t"
            })
    void hasNoLimit(String sql) {
        assertThat(gate.check(sql).limited()).isFalse();
    }

    @Test
    void lengthAndDepthAreBounded() {
        assertThatThrownBy(() -> gate.check("SELECT '" + "a".repeat(100_000) + "'"))
                .hasMessageContaining("100000 bytes");
        assertThatThrownBy(() -> gate.check("SELECT " + "(".repeat(101) + "1" + ")".repeat(101)))
                .hasMessageContaining("100 deep");
        assertThat(gate.check("SELECT " + "(".repeat(100) + "1" + ")".repeat(100))
                        .access())
                .isEqualTo(Operation.Access.READ);
    }

    @Test
    void saysWhichStatementsChangeTheSchema() {
        assertThat(gate.check("CREATE INDEX i ON t(a)").changesSchema()).isTrue();
        assertThat(gate.check("INSERT INTO t VALUES (1)").changesSchema()).isFalse();
    }
}
