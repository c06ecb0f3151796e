package symbolai.mcp.api;

/**
 * One token of a statement, as SQLite reads it. Whitespace and comments are none.
 *
 * @param kind what it is
 * @param text the token as it stands in the statement
 */
public record SqlToken(Kind kind, String text) {

    /** What a token can be. */
    public enum Kind {
        /** A keyword or a name without quotes. */
        WORD,
        /** A name in double quotes, backticks or brackets. */
        QUOTED,
        /** A text in single quotes. */
        STRING,
        /** A blob such as {@code x'0f'}. */
        BLOB,
        /** A number. */
        NUMBER,
        /** A parameter such as {@code ?}, {@code ?1} or {@code :name}. */
        PARAMETER,
        /** An operator, a bracket, a comma or a dot. */
        SYMBOL
    }

    /** Whether it is this keyword, which is given in capitals. Only ASCII letters have a case, as in SQLite. */
    public boolean is(String keyword) {
        return kind == Kind.WORD && upper().equals(keyword);
    }

    /** Whether it is this operator, bracket, comma or dot. */
    public boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    /** Whether it can stand for a name: SQLite takes quoted names, and in many places text, where a name is due. */
    public boolean isName() {
        return kind == Kind.WORD || kind == Kind.QUOTED || kind == Kind.STRING;
    }

    /** The token without its quotes, ASCII letters in lower case, as SQLite compares names. */
    public String name() {
        return mapAscii(kind == Kind.QUOTED || kind == Kind.STRING ? unquoted() : text, 'A', 'Z', 32);
    }

    /** The token with its ASCII letters in capitals. */
    public String upper() {
        return mapAscii(text, 'a', 'z', -32);
    }

    private String unquoted() {
        var quote = text.charAt(0);
        var inner = text.substring(1, text.length() - 1);
        return quote == '[' ? inner : inner.replace("" + quote + quote, "" + quote);
    }

    private static String mapAscii(String text, char first, char last, int step) {
        var mapped = new StringBuilder(text.length());
        for (var index = 0; index < text.length(); index++) {
            var character = text.charAt(index);
            var inRange = character >= first && character <= last;
            mapped.append(inRange ? (char) (character + step) : character);
        }
        return mapped.toString();
    }
}
