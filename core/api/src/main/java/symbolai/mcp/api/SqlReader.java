package symbolai.mcp.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads SQL into tokens exactly as SQLite does; what SQLite calls an illegal token is refused here. */
final class SqlReader {

    private static final String SYMBOLS = "-+*/%=<>!|&~,();.";
    private static final List<String> LONG_SYMBOLS =
            List.of("->>", "->", "==", "<=", "<>", "<<", ">=", ">>", "!=", "||");

    private final String sql;
    private int at;

    SqlReader(String sql) {
        this.sql = sql;
    }

    List<SqlToken> tokens() {
        var tokens = new ArrayList<SqlToken>();
        for (var token = read(); token.isPresent(); token = read()) {
            tokens.add(token.get());
        }
        return tokens;
    }

    /** The next token; empty at the end. */
    Optional<SqlToken> read() {
        if (at == 0) {
            checkCharacters();
        }
        skipSpace();
        return at < sql.length() ? Optional.of(next()) : Optional.empty();
    }

    /** Where the token that was read last ends. */
    int offset() {
        return at;
    }

    private void checkCharacters() {
        for (var index = 0; index < sql.length(); index++) {
            var character = sql.charAt(index);
            var space = character == '\t' || character == '\n' || character == '\r' || character == '\f';
            if ((character < ' ' && !space) || character == 0x7f) {
                throw refused("the control character U+%04X at offset %d is not allowed; pass it as a parameter"
                        .formatted((int) character, index));
            }
            if (Character.isSurrogate(character)) {
                index = afterPair(index);
            }
        }
    }

    /** Half a pair would be written as a question mark, which is a parameter. */
    private int afterPair(int index) {
        var low = index + 1 < sql.length() ? sql.charAt(index + 1) : ' ';
        if (!Character.isSurrogatePair(sql.charAt(index), low)) {
            throw refused("the text holds half a surrogate pair at offset " + index);
        }
        return index + 1;
    }

    private void skipSpace() {
        while (at < sql.length()) {
            if (" \t\n\r\f".indexOf(sql.charAt(at)) >= 0) {
                at++;
            } else if (sql.startsWith("--", at)) {
                var end = sql.indexOf('\n', at);
                at = end < 0 ? sql.length() : end + 1;
            } else if (sql.startsWith("/*", at)) {
                at = after("*/", at + 2, "comment");
            } else {
                return;
            }
        }
    }

    private SqlToken next() {
        var first = sql.charAt(at);
        if (first == '\'') {
            return token(SqlToken.Kind.STRING, afterQuoted(first, "text"));
        }
        if (first == '"' || first == '`') {
            return token(SqlToken.Kind.QUOTED, afterQuoted(first, "name"));
        }
        if (first == '[') {
            return token(SqlToken.Kind.QUOTED, after("]", at + 1, "name"));
        }
        if ((first == 'x' || first == 'X') && peek(1) == '\'') {
            return token(SqlToken.Kind.BLOB, afterBlob());
        }
        if (isDigit(first) || (first == '.' && isDigit(peek(1)))) {
            return token(SqlToken.Kind.NUMBER, afterNumber());
        }
        if ("?@:$#".indexOf(first) >= 0) {
            return token(SqlToken.Kind.PARAMETER, afterParameter(first));
        }
        return isNamePart(first)
                ? token(SqlToken.Kind.WORD, afterName(at))
                : token(SqlToken.Kind.SYMBOL, afterSymbol());
    }

    private SqlToken token(SqlToken.Kind kind, int end) {
        var token = new SqlToken(kind, sql.substring(at, end));
        at = end;
        return token;
    }

    private int after(String closing, int from, String what) {
        var end = sql.indexOf(closing, from);
        if (end < 0) {
            throw refused("the " + what + " that begins at offset " + at + " has no end");
        }
        return end + closing.length();
    }

    private int afterQuoted(char quote, String what) {
        var end = after(String.valueOf(quote), at + 1, what);
        while (end < sql.length() && sql.charAt(end) == quote) {
            end = after(String.valueOf(quote), end + 1, what);
        }
        return end;
    }

    private int afterBlob() {
        var end = after("'", at + 2, "blob");
        var digits = sql.substring(at + 2, end - 1);
        if (digits.length() % 2 != 0 || !digits.chars().allMatch(SqlReader::isHexDigit)) {
            throw illegal(end);
        }
        return end;
    }

    private int afterNumber() {
        var end = at;
        if (sql.charAt(at) == '0' && (peek(1) == 'x' || peek(1) == 'X') && isHexDigit(peek(2))) {
            end = at + 2;
            while (isHexDigit(charAt(end)) || isSeparator(end, true)) {
                end++;
            }
        } else {
            end = afterExponent(afterDigits(charAt(afterDigits(at)) == '.' ? afterDigits(at) + 1 : afterDigits(at)));
        }
        if (isNamePart(charAt(end))) {
            throw illegal(afterName(end));
        }
        return end;
    }

    private int afterDigits(int from) {
        var end = from;
        while (isDigit(charAt(end)) || isSeparator(end, false)) {
            end++;
        }
        return end;
    }

    private int afterExponent(int from) {
        if (charAt(from) != 'e' && charAt(from) != 'E') {
            return from;
        }
        var digits = charAt(from + 1) == '+' || charAt(from + 1) == '-' ? from + 2 : from + 1;
        return isDigit(charAt(digits)) ? afterDigits(digits) : from;
    }

    private boolean isSeparator(int index, boolean hex) {
        if (charAt(index) != '_' || index == 0) {
            return false;
        }
        return hex
                ? isHexDigit(charAt(index - 1)) && isHexDigit(charAt(index + 1))
                : isDigit(charAt(index - 1)) && isDigit(charAt(index + 1));
    }

    /** The form {@code $name(anything)}, which only Tcl needs, may hide quotes and semicolons; so it is refused. */
    private int afterParameter(char first) {
        if (first == '?') {
            var end = at + 1;
            while (isDigit(charAt(end))) {
                end++;
            }
            return end;
        }
        var end = afterName(at + 1);
        if (first == '#' || end == at + 1 || charAt(end) == '(' || sql.startsWith("::", end)) {
            throw illegal(Math.min(end + 1, sql.length()));
        }
        return end;
    }

    private int afterName(int from) {
        var end = from;
        while (isNamePart(charAt(end))) {
            end++;
        }
        return end;
    }

    private int afterSymbol() {
        for (var symbol : LONG_SYMBOLS) {
            if (sql.startsWith(symbol, at)) {
                return at + symbol.length();
            }
        }
        if (SYMBOLS.indexOf(sql.charAt(at)) < 0 || sql.charAt(at) == '!') {
            throw illegal(at + 1);
        }
        return at + 1;
    }

    private char peek(int ahead) {
        return charAt(at + ahead);
    }

    private char charAt(int index) {
        return index < sql.length() ? sql.charAt(index) : ' ';
    }

    private ToolException illegal(int end) {
        return refused("SQLite cannot read \"%s\" at offset %d"
                .formatted(sql.substring(at, Math.min(end, at + 40)), at));
    }

    private static ToolException refused(String message) {
        return new ToolException(ToolException.Reason.INVALID, message);
    }

    private static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }

    private static boolean isHexDigit(int character) {
        return Character.digit(character, 16) >= 0 && character < 0x7f;
    }

    /** A byte order mark is a space to SQLite; it is refused, since nobody sees it. */
    private static boolean isNamePart(char character) {
        if (character >= 0x80) {
            return character != '\uFEFF';
        }
        return isDigit(character)
                || (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || character == '_'
                || character == '$';
    }
}
