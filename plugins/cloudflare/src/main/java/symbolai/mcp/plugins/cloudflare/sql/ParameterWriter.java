package symbolai.mcp.plugins.cloudflare.sql;

import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import symbolai.mcp.api.SqlToken;
import symbolai.mcp.api.ToolException;

/** Walks once along a statement and puts values where parameters stand. */
final class ParameterWriter {

    private static final int MOST_PARAMETERS = 32_766;

    private final String sql;
    private final JsonArray values;
    private final boolean literals;
    private final StringBuilder written = new StringBuilder();
    private final List<String> names = new ArrayList<>();
    private final List<Integer> kept = new ArrayList<>();
    private boolean afterBy;

    ParameterWriter(String sql, JsonArray values, boolean literals) {
        this.sql = sql;
        this.values = values;
        this.literals = literals;
    }

    BoundStatement write(List<SqlToken> tokens) {
        var at = start(0, tokens.get(0));
        for (var token : tokens) {
            var start = start(at, token);
            written.append(sql, at, start);
            written.append(token.kind() == SqlToken.Kind.PARAMETER ? value(token.text()) : token.text());
            afterBy |= token.is("BY");
            at = start + token.text().length();
        }
        if (names.size() != values.size()) {
            throw invalid(
                    "the statement has %d parameters, and %d values were given".formatted(names.size(), values.size()));
        }
        return new BoundStatement(
                written.toString(), kept.stream().map(values::getString).toList());
    }

    /** Where the token begins: after whitespace, comments, and semicolons that end nothing. */
    private int start(int from, SqlToken token) {
        var at = from;
        while (!sql.startsWith(token.text(), at) || sql.startsWith("--", at) || sql.startsWith("/*", at)) {
            at = past(at);
        }
        return at;
    }

    private int past(int at) {
        if (sql.startsWith("--", at)) {
            return sql.indexOf('\n', at) + 1;
        }
        return sql.startsWith("/*", at) ? sql.indexOf("*/", at + 2) + 2 : at + 1;
    }

    private String value(String name) {
        var index = index(name);
        if (index >= values.size()) {
            return name;
        }
        if (!literals && values.getValue(index) instanceof String) {
            return "?" + place(index);
        }
        var literal = SqlLiteral.of(values.getValue(index));
        // In ORDER BY and GROUP BY a bare whole number would be the number of a column.
        return afterBy ? "ifnull(" + literal + ", NULL)" : literal;
    }

    private int place(int index) {
        if (!kept.contains(index)) {
            kept.add(index);
        }
        return kept.indexOf(index) + 1;
    }

    /** As SQLite counts: a bare one is one more than the greatest so far, and a name has the number of its first place. */
    private int index(String name) {
        if (name.length() > 1 && name.startsWith("?")) {
            return numbered(name);
        }
        var known = name.equals("?") ? -1 : names.indexOf(name);
        if (known < 0) {
            names.add(name);
            return names.size() - 1;
        }
        return known;
    }

    private int numbered(String name) {
        var number = Optional.of(name.substring(1))
                .filter(digits -> digits.length() <= 5)
                .map(Integer::parseInt)
                .filter(found -> found >= 1 && found <= MOST_PARAMETERS)
                .orElseThrow(() -> invalid("the number of a parameter must be between ?1 and ?" + MOST_PARAMETERS));
        while (names.size() < number) {
            names.add("?" + (names.size() + 1));
        }
        return number - 1;
    }

    private static ToolException invalid(String message) {
        return new ToolException(ToolException.Reason.INVALID, message);
    }
}
