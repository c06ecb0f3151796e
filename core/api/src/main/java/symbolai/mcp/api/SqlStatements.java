package symbolai.mcp.api;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits SQL into statements the way SQLite does, so that nobody takes two statements for one. A semicolon inside quotes, a comment or the
 * body of a trigger ends nothing.
 */
public final class SqlStatements {

    private SqlStatements() {}

    /**
     * The statements of the SQL, each as its tokens; those without any are left out. Fails with {@link ToolException.Reason#INVALID} where
     * SQLite would see an illegal token, and for control characters, which no statement needs.
     */
    public static List<List<SqlToken>> split(String sql) {
        var statements = new ArrayList<List<SqlToken>>();
        var current = new ArrayList<SqlToken>();
        for (var token : new SqlReader(sql).tokens()) {
            if (token.isSymbol(";") && !insideTrigger(current)) {
                add(statements, current);
                current = new ArrayList<>();
            } else {
                current.add(token);
            }
        }
        add(statements, current);
        return List.copyOf(statements);
    }

    /** The tokens of the one statement that there is; fails with {@link ToolException.Reason#INVALID} for none or several. */
    public static List<SqlToken> single(String sql) {
        var statements = split(sql);
        if (statements.isEmpty()) {
            throw new ToolException(ToolException.Reason.INVALID, "there is no SQL statement");
        }
        if (statements.size() > 1) {
            throw new ToolException(
                    ToolException.Reason.INVALID,
                    "one SQL statement is expected, and these are " + statements.size() + "; send them one by one");
        }
        return statements.get(0);
    }

    /** The same statements as they stand in the SQL, each from its first token to its last. */
    public static List<String> texts(String sql) {
        var texts = new ArrayList<String>();
        var current = new ArrayList<SqlToken>();
        var reader = new SqlReader(sql);
        var first = 0;
        var last = 0;
        for (var next = reader.read(); next.isPresent(); next = reader.read()) {
            var token = next.get();
            if (token.isSymbol(";") && !insideTrigger(current)) {
                addText(texts, sql.substring(first, last));
                current = new ArrayList<>();
                first = reader.offset();
                last = first;
                continue;
            }
            if (current.isEmpty()) {
                first = reader.offset() - token.text().length();
            }
            current.add(token);
            last = reader.offset();
        }
        addText(texts, sql.substring(first, last));
        return List.copyOf(texts);
    }

    private static void addText(List<String> texts, String text) {
        if (!text.isEmpty()) {
            texts.add(text);
        }
    }

    private static void add(List<List<SqlToken>> statements, List<SqlToken> tokens) {
        if (!tokens.isEmpty()) {
            statements.add(List.copyOf(tokens));
        }
    }

    /** The body of a trigger ends with the word END right after a semicolon, and with nothing else. */
    private static boolean insideTrigger(List<SqlToken> tokens) {
        if (!isTrigger(tokens)) {
            return false;
        }
        var last = tokens.size() - 1;
        return !(tokens.get(last).is("END") && tokens.get(last - 1).isSymbol(";"));
    }

    private static boolean isTrigger(List<SqlToken> tokens) {
        var at = 0;
        if (wordAt(tokens, at, "EXPLAIN")) {
            at += wordAt(tokens, at + 1, "QUERY") && wordAt(tokens, at + 2, "PLAN") ? 3 : 1;
        }
        if (!wordAt(tokens, at, "CREATE")) {
            return false;
        }
        var temporary = wordAt(tokens, at + 1, "TEMP") || wordAt(tokens, at + 1, "TEMPORARY");
        return wordAt(tokens, at + (temporary ? 2 : 1), "TRIGGER");
    }

    private static boolean wordAt(List<SqlToken> tokens, int index, String keyword) {
        return index < tokens.size() && tokens.get(index).is(keyword);
    }
}
