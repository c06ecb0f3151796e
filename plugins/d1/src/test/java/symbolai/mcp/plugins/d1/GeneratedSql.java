package symbolai.mcp.plugins.d1;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Makes up SQL: queries of every shape, changes in disguise, and both broken at random places. The same seed makes the same statements. */
final class GeneratedSql {

    private static final List<String> COLUMNS = List.of("pk", "col0", "col1", "col2", "col3", "col4", "col5");
    private static final List<String> SPACES =
            List.of(" ", "  ", "\n", "\t", " /* ; */ ", " -- ' ; DROP TABLE tab0\n", "/**/", " /*'*/ ");
    private static final List<String> LITERALS = List.of(
            "1",
            "-2.5e3",
            "NULL",
            "'it''s; --'",
            "x'00ff'",
            "'/*'",
            "\"col0\"",
            "[col1]",
            "`col2`",
            "'DELETE FROM tab0'",
            "0x1F",
            "CURRENT_TIMESTAMP",
            "'\u00e9\u4e2d'");
    private static final List<String> CHANGES = List.of(
            "DELETE FROM tab0",
            "DROP TABLE tab1",
            "UPDATE tab0 SET col0 = 9",
            "INSERT INTO tab2(col0) VALUES (1)",
            "REPLACE INTO tab2(pk) VALUES (1)",
            "CREATE TABLE made(a)",
            "CREATE TEMP TABLE made(a)",
            "ALTER TABLE tab3 RENAME TO other",
            "PRAGMA user_version = 7",
            "PRAGMA writable_schema(1)",
            "VACUUM",
            "REINDEX",
            "ANALYZE",
            "ATTACH ':memory:' AS aside",
            "INSERT INTO tab0(col0) VALUES (1) RETURNING pk",
            "DELETE FROM tab0 RETURNING *",
            "SAVEPOINT s",
            "BEGIN IMMEDIATE");

    private final SplittableRandom random;

    GeneratedSql(long seed) {
        random = new SplittableRandom(seed);
    }

    /** A statement that only reads, as SQLite understands it. */
    String read() {
        return spaced(
                switch (random.nextInt(8)) {
                    case 0 -> "EXPLAIN " + select(2);
                    case 1 -> "EXPLAIN QUERY PLAN " + select(2);
                    case 2 -> "VALUES (" + list(3) + "), (" + list(3) + ")";
                    case 3, 4 -> with() + select(2);
                    default -> select(3);
                });
    }

    /** A statement, or several, that may change something, dressed as one that does not. */
    String disguised() {
        var change = CHANGES.get(random.nextInt(CHANGES.size()));
        return spaced(
                switch (random.nextInt(7)) {
                    case 0 -> select(1) + ";" + change;
                    case 1 -> with() + change;
                    case 2 -> "/* SELECT */" + change;
                    case 3 -> "-- SELECT 1\n" + change;
                    case 4 -> select(1) + ";" + change + ";--";
                    case 5 -> "SELECT '" + change + "'; " + change;
                    default -> change;
                });
    }

    /** The text with one to three small damages. */
    String damaged(String sql) {
        var text = new StringBuilder(sql);
        for (var count = random.nextInt(3); count >= 0; count--) {
            var at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, "';\"/*-`[".charAt(random.nextInt(8)));
                case 2 ->
                    text.insert(at, pick(List.of(" WITH ", " REPLACE ", ";", " AS MATERIALIZED ", "\u0000", "\uFEFF")));
                default ->
                    text.insert(random.nextInt(text.length()), text.substring(at, Math.min(text.length(), at + 9)));
            }
            if (text.length() == 0) {
                text.append(' ');
            }
        }
        return text.toString();
    }

    private String with() {
        var names = List.of("replace_", "\"delete\"", "[update]", "x", "y(a)", "recursive_");
        var name = pick(names);
        var body = name.endsWith("(a)") ? "SELECT 1" : select(1);
        return pick(List.of("WITH ", "WITH RECURSIVE ", "with ")) + name
                + pick(List.of(" AS ", " AS MATERIALIZED ", " AS NOT MATERIALIZED ")) + "(" + body + ") ";
    }

    private String select(int depth) {
        var text = new StringBuilder(pick(List.of("SELECT ", "select ", "SELECT DISTINCT ", "SELECT ALL ")));
        text.append(IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(index ->
                        expression(depth) + pick(List.of("", " AS \"update\"", " AS c" + index, " AS 'delete'")))
                .collect(Collectors.joining(", ")));
        text.append(" FROM ").append(source(depth));
        text.append(random.nextBoolean() ? " WHERE " + expression(depth) : "");
        text.append(random.nextInt(4) == 0 ? " GROUP BY 1 HAVING count(*) >= 0" : "");
        text.append(random.nextInt(3) == 0 ? " ORDER BY 1 " + pick(List.of("ASC", "DESC")) : "");
        text.append(random.nextInt(3) == 0 ? " LIMIT 5 OFFSET 0" : "");
        return text.toString();
    }

    private String source(int depth) {
        var table = "tab" + random.nextInt(5);
        return switch (random.nextInt(6)) {
            case 0 -> table + " AS a NATURAL JOIN " + "tab" + random.nextInt(5) + " AS b";
            case 1 -> depth > 1 ? "(" + select(depth - 1) + ")" : table;
            case 2 -> "main." + table;
            case 3 -> "\"" + table + "\"";
            default -> table;
        };
    }

    private String expression(int depth) {
        if (depth <= 0) {
            return random.nextBoolean() ? pick(LITERALS) : "pk";
        }
        var inner = expression(depth - 1);
        return switch (random.nextInt(12)) {
            case 0 -> "CASE WHEN " + inner + " THEN 'begin' ELSE replace('a', 'a', 'b') END";
            case 1 -> "CAST(" + inner + " AS " + pick(List.of("TEXT", "INTEGER", "REAL")) + ")";
            case 2 -> "EXISTS (" + select(depth - 1) + ")";
            case 3 -> inner + " IN (" + list(3) + ")";
            case 4 -> "(" + inner + pick(List.of(" + ", " || ", " = ", " <> ", " AND ", " -> ", " IS NOT ")) + "'1')";
            case 5 -> "json_extract('{\"a\":[1;2]}', '$.a')";
            case 6 -> "coalesce(" + inner + ", " + pick(LITERALS) + ")";
            case 7 -> "(SELECT max(pk) FROM tab" + random.nextInt(5) + ")";
            case 8 -> "rank() OVER (PARTITION BY 1 ORDER BY 1)";
            case 9 -> inner + " LIKE '%;%' ESCAPE '\\'";
            case 10 -> pick(List.of("lower", "upper", "hex", "typeof", "quote", "length")) + "(" + inner + ")";
            default -> pick(COLUMNS.subList(0, 1));
        };
    }

    private String list(int size) {
        return IntStream.range(0, size)
                .mapToObj(index -> pick(LITERALS.subList(0, 6)))
                .collect(Collectors.joining(","));
    }

    private String pick(List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }

    /** Spaces outside quotes become comments, tabs and line ends; a letter here and there changes its case. */
    private String spaced(String sql) {
        var parts = new ArrayList<String>();
        var quote = '\0';
        for (var letter : sql.toCharArray()) {
            quote = quote == '\0' && "'\"`[".indexOf(letter) >= 0 ? closing(letter) : letter == quote ? '\0' : quote;
            var plain = quote == '\0';
            parts.add(plain && letter == ' ' ? pick(SPACES) : plain ? cased(letter) : String.valueOf(letter));
        }
        return String.join("", parts) + pick(List.of("", ";", " ;", " -- end"));
    }

    private static char closing(char opening) {
        return opening == '[' ? ']' : opening;
    }

    private String cased(char letter) {
        var text = String.valueOf(letter);
        return random.nextInt(6) == 0 ? text.toLowerCase(Locale.ROOT) : text;
    }
}
