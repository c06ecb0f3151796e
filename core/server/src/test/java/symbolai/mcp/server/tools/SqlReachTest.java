package symbolai.mcp.server.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import symbolai.mcp.server.policy.Reach;

/** SQLite itself says which pages a statement opens; none may belong to a table that was not found in its text. */
class SqlReachTest {

    private static final Set<String> OPENING = Set.of("OpenRead", "OpenWrite", "ReopenIdx", "Clear", "Destroy");

    private Connection database;
    private final Map<Long, String> owners = new HashMap<>();
    private final Set<String> existing = new HashSet<>();

    @BeforeEach
    void open() throws SQLException {
        database = DriverManager.getConnection("jdbc:sqlite::memory:");
        try (var statement = database.createStatement()) {
            for (var sql : List.of(
                    "CREATE TABLE orders (id INTEGER PRIMARY KEY, customer TEXT, total REAL)",
                    "CREATE INDEX orders_customer ON orders (customer)",
                    "CREATE TABLE Tickets (id INTEGER PRIMARY KEY, orders TEXT, body TEXT)",
                    "CREATE TABLE secrets (id TEXT PRIMARY KEY, token TEXT) WITHOUT ROWID",
                    "CREATE TABLE \"odd \"\"name]\" (id INTEGER, x TEXT)",
                    "CREATE TABLE [select] (id INTEGER, x TEXT)",
                    "CREATE VIEW open_orders AS SELECT id, total FROM orders",
                    "CREATE VIEW leak AS SELECT * FROM secrets")) {
                statement.execute(sql);
            }
            try (var rows = statement.executeQuery("SELECT type, name, tbl_name, rootpage FROM sqlite_master")) {
                while (rows.next()) {
                    if (!rows.getString("type").equals("index")) {
                        existing.add(Reach.folded(rows.getString("name")));
                    }
                    owners.put(rows.getLong("rootpage"), Reach.folded(rows.getString("tbl_name")));
                }
            }
        }
        owners.remove(0L);
        owners.put(1L, "sqlite_master");
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    @Test
    void noStatementOpensATableThatWasNotFoundInIt() throws SQLException {
        var random = new Random(2026);
        int compiled = 0;
        for (int i = 0; i < 6_000; i++) {
            var sql = statement(random);
            var opened = opened(sql);
            if (opened.isPresent()) {
                compiled++;
                assertThat(behind(touched(sql))).as(sql).containsAll(opened.get());
            }
        }
        assertThat(compiled).isGreaterThan(3_000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            SELECT * FROM secrets                                        | secrets
            SELECT * FROM SECRETS                                        | secrets
            SELECT * FROM "secrets"                                      | secrets
            SELECT * FROM [secrets]                                      | secrets
            SELECT * FROM `secrets`                                      | secrets
            SELECT * FROM 'secrets'                                      | secrets
            SELECT * FROM main.secrets                                   | secrets
            SELECT * FROM/**/secrets                                     | secrets
            SELECT 1 -- ^ FROM secrets                                   | ^^
            SELECT (SELECT token FROM secrets) FROM orders               | orders,secrets
            WITH s AS (SELECT * FROM secrets) SELECT * FROM s            | secrets
            INSERT INTO orders (customer) SELECT token FROM secrets      | orders,secrets
            UPDATE orders SET customer = (SELECT token FROM secrets)     | orders,secrets
            DELETE FROM orders WHERE id IN (SELECT id FROM secrets)      | orders,secrets
            REPLACE INTO secrets VALUES (1, 2)                           | secrets
            SELECT * FROM orders NATURAL JOIN secrets                    | orders,secrets
            SELECT * FROM leak                                           | leak
            SELECT orders FROM tickets                                   | orders,tickets
            SELECT * FROM sqlite_master                                  | sqlite_master
            SELECT * FROM sqlite_schema                                  | sqlite_schema
            SELECT * FROM pragma_table_info(?)                           | pragma_table_info
            SELECT * FROM dbstat                                         | dbstat
            SELECT * FROM "sqlite_master"                                | sqlite_master
            PRAGMA table_info(orders)                                    | *,orders
            CREATE VIEW v AS SELECT 1                                    | *
            CREATE TRIGGER t AFTER INSERT ON orders BEGIN SELECT 1; END  | *,orders
            DROP TABLE orders                                            | *,orders
            ALTER TABLE orders RENAME TO o                               | *,orders
            ATTACH 'x' AS y                                              | *
            VACUUM                                                       | *
            ANALYZE                                                      | *
            REINDEX                                                      | *
            EXPLAIN SELECT * FROM secrets                                | secrets
            EXPLAIN QUERY PLAN SELECT * FROM secrets                     | secrets
            VALUES (1)                                                   | ^^
            SELECT * FROM "odd ""name]"                                  | odd "name]
            SELECT * FROM "select"                                       | select
            SELECT 1; SELECT * FROM secrets                              | secrets
            """)
    void everyNameCounts(String sql, String expected) {
        var names = expected == null || expected.isEmpty() ? List.<String>of() : List.of(expected.split(","));

        assertThat(touched(sql)).containsAll(names);
        assertThat(touched(sql).stream().filter(name -> !name.equals("select") || names.contains(name)))
                .containsExactlyInAnyOrderElementsOf(names);
    }

    private Set<String> touched(String sql) {
        return new SqlReach(existing).touched(List.of(sql));
    }

    /** A view stands for what it reads: whoever may read the view may read that through it. */
    private static Set<String> behind(Set<String> touched) {
        var all = new HashSet<>(touched);
        if (touched.contains("open_orders")) {
            all.add("orders");
        }
        if (touched.contains("leak")) {
            all.add("secrets");
        }
        return all;
    }

    private java.util.Optional<Set<String>> opened(String sql) {
        var opened = new HashSet<String>();
        try (var statement = database.createStatement();
                var rows = statement.executeQuery("EXPLAIN " + sql)) {
            while (rows.next()) {
                if (OPENING.contains(rows.getString("opcode"))) {
                    var page = rows.getString("opcode").startsWith("Open")
                                    || rows.getString("opcode").equals("ReopenIdx")
                            ? rows.getLong("p2")
                            : rows.getLong("p1");
                    opened.add(owners.getOrDefault(page, "page " + page));
                }
            }
            return java.util.Optional.of(opened);
        } catch (SQLException doesNotCompile) {
            return java.util.Optional.empty();
        }
    }

    private static String statement(Random random) {
        return switch (random.nextInt(9)) {
            case 0 -> "INSERT INTO " + table(random) + " " + select(random, 1);
            case 1 -> "UPDATE " + table(random) + " SET id = (" + one(random) + ")" + where(random);
            case 2 -> "DELETE FROM " + table(random) + where(random);
            case 3 -> "WITH c AS (" + select(random, 2) + ") SELECT * FROM c, " + table(random);
            case 4 -> select(random, 2) + pick(random, " UNION ", " EXCEPT ", " INTERSECT ") + select(random, 2);
            default -> select(random, 3);
        };
    }

    private static String select(Random random, int depth) {
        var from = depth > 0 && random.nextInt(3) == 0
                ? "(" + select(random, depth - 1) + ") AS " + pick(random, "a", "b", "orders")
                : table(random);
        return "SELECT " + pick(random, "*", "1, 2", "id", "count(*)", "(" + one(random) + ")")
                + pick(random, " FROM ", "\nFROM/* x */ ")
                + from
                + pick(random, "", "", " NATURAL JOIN " + table(random), " LEFT JOIN " + table(random) + " AS z ON 1")
                + where(random);
    }

    private static String where(Random random) {
        return pick(
                random,
                "",
                " WHERE 1 IN (" + one(random) + ")",
                " WHERE EXISTS (" + one(random) + ")",
                " WHERE 'secrets' = 'x'");
    }

    private static String one(Random random) {
        return "SELECT " + pick(random, "id", "1", "max(id)") + " FROM " + table(random);
    }

    private static String table(Random random) {
        var name = pick(
                random,
                "orders",
                "tickets",
                "secrets",
                "open_orders",
                "leak",
                "odd \"name]",
                "select",
                "sqlite_master");
        var forms = new ArrayList<>(List.of("\"" + name.replace("\"", "\"\"") + "\"", "`" + name + "`"));
        if (!name.contains("]")) {
            forms.add("[" + name + "]");
            forms.add("'" + name + "'");
        }
        if (name.matches("[a-z_]+") && !name.equals("select")) {
            forms.addAll(List.of(name, name.toUpperCase(java.util.Locale.ROOT), "main." + name));
        }
        return forms.get(random.nextInt(forms.size()));
    }

    private static String pick(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
