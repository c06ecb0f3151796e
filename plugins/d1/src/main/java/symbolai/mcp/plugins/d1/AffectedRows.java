package symbolai.mcp.plugins.d1;

import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import symbolai.mcp.api.SqlStatements;
import symbolai.mcp.api.SqlToken;

/** Derives from a statement that changes rows one that counts them; where it is not certain that both mean the same rows, there is none. */
final class AffectedRows {

    private static final List<String> ENDS = List.of("RETURNING", "ORDER", "LIMIT");

    /** Before VALUES these say that there is more to an INSERT than the rows it names, or that some of them are not added. */
    private static final List<String> UNSURE = List.of("SELECT", "WITH", "OR");

    /** The statement that counts; empty when there is none. */
    Optional<D1Statement> counting(D1Statement statement) {
        var tokens = SqlStatements.single(statement.sql());
        if (tokens.get(0).is("DELETE")) {
            return counting(tokens, at(tokens, "FROM", 0) + 1, at(tokens, "WHERE", 0), statement.params());
        }
        var set = at(tokens, "SET", 0);
        return tokens.get(0).is("UPDATE") && at(tokens, "FROM", set) == tokens.size()
                ? counting(tokens, afterConflictClause(tokens), at(tokens, "WHERE", set), statement.params())
                : Optional.empty();
    }

    /** How many rows a statement adds that names them one by one. */
    OptionalLong listed(D1Statement statement) {
        var tokens = SqlStatements.single(statement.sql());
        var from = at(tokens, "VALUES", 0);
        var before = tokens.subList(0, from);
        if (!tokens.get(0).is("INSERT")
                || from == tokens.size()
                || UNSURE.stream().anyMatch(word -> at(before, word, 0) < from)) {
            return OptionalLong.empty();
        }
        return listed(tokens.subList(from + 1, tokens.size()));
    }

    /** Behind the rows there is nothing more: a compound adds others, and a conflict keeps some away. */
    private static OptionalLong listed(List<SqlToken> values) {
        var rows = 0;
        var depth = 0;
        for (var token : values) {
            if (depth == 0 && (token.is("RETURNING") || token.isSymbol(";"))) {
                break;
            }
            if (depth == 0 && !token.isSymbol("(") && !token.isSymbol(",")) {
                return OptionalLong.empty();
            }
            rows += depth == 0 && token.isSymbol("(") ? 1 : 0;
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
        }
        return OptionalLong.of(Math.max(1, rows)); // DEFAULT VALUES has no brackets.
    }

    private static Optional<D1Statement> counting(List<SqlToken> tokens, int table, int where, JsonArray params) {
        var end = ENDS.stream().mapToInt(word -> at(tokens, word, table)).min().orElseThrow();
        if (at(tokens, "ORDER", table) < tokens.size() || at(tokens, "LIMIT", table) < tokens.size()) {
            return Optional.empty();
        }
        var target = tokens.subList(table, Math.min(Math.min(where, end), at(tokens, "SET", table)));
        var condition = where < end ? tokens.subList(where, end) : List.<SqlToken>of();
        var used = params(tokens.subList(0, where), condition, params);
        return used.map(
                values -> new D1Statement("SELECT count(*) FROM " + text(target) + " " + text(condition), values));
    }

    /** The values of those parameters that stand in the condition; empty where parameters have numbers or names. */
    private static Optional<JsonArray> params(List<SqlToken> before, List<SqlToken> condition, JsonArray params) {
        var all = new ArrayList<>(before);
        all.addAll(condition);
        var first = parameters(before).size();
        var count = parameters(condition).size();
        return parameters(all).stream().allMatch("?"::equals) && first + count <= params.size()
                ? Optional.of(new JsonArray(params.getList().subList(first, first + count)))
                : Optional.empty();
    }

    private static List<String> parameters(List<SqlToken> tokens) {
        return tokens.stream()
                .filter(token -> token.kind() == SqlToken.Kind.PARAMETER)
                .map(SqlToken::text)
                .toList();
    }

    private static int afterConflictClause(List<SqlToken> tokens) {
        return tokens.size() > 1 && tokens.get(1).is("OR") ? 3 : 1;
    }

    /** Where a word stands outside all brackets; the end when it does not. */
    private static int at(List<SqlToken> tokens, String word, int from) {
        var depth = 0;
        for (var index = from; index < tokens.size(); index++) {
            var token = tokens.get(index);
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            if (depth == 0 && token.is(word)) {
                return index;
            }
        }
        return tokens.size();
    }

    private static String text(List<SqlToken> tokens) {
        return tokens.stream()
                .filter(token -> !token.isSymbol(";"))
                .map(SqlToken::text)
                .collect(Collectors.joining(" "));
    }
}
