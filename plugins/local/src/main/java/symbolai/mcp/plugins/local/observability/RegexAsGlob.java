package symbolai.mcp.plugins.local.observability;

import java.util.ArrayList;
import java.util.List;
import symbolai.mcp.api.ToolException;

/**
 * Turns the simple regular expressions into GLOB patterns, which SQLite matches in bounded time. There are literal characters, {@code .},
 * {@code .*}, {@code .+}, classes such as {@code [a-z]}, {@code \d}, {@code \w}, {@code \s}, {@code ^}, {@code $}, and {@code |} between whole
 * alternatives; all else is refused.
 */
final class RegexAsGlob {

    private static final int LONGEST = 200;
    private static final String REFUSED = "*+?{}()";

    private final String regex;
    private final List<String> globs = new ArrayList<>();
    private StringBuilder glob = new StringBuilder();
    private boolean beginning = true;
    private boolean ended;
    private int at;

    private RegexAsGlob(String regex) {
        this.regex = regex;
    }

    /** One pattern for each alternative. */
    static List<String> globs(String regex) {
        if (regex.length() > LONGEST) {
            throw refused("it has more than " + LONGEST + " characters");
        }
        return new RegexAsGlob(regex).read();
    }

    private List<String> read() {
        while (at < regex.length()) {
            take(regex.charAt(at++));
        }
        finish();
        return List.copyOf(globs);
    }

    private void take(char character) {
        if (character == '|') {
            finish();
            return;
        }
        if (ended) {
            throw refused("$ stands only at the end of an alternative");
        }
        if (beginning) {
            beginning = false;
            if (character == '^') {
                return;
            }
            glob.append('*');
        }
        piece(character);
    }

    private void piece(char character) {
        switch (character) {
            case '.' -> any();
            case '$' -> ended = true;
            case '[' -> set();
            case '\\' -> escaped();
            default -> literal(character);
        }
    }

    private void any() {
        var next = at < regex.length() ? regex.charAt(at) : ' ';
        if (next == '*' || next == '+') {
            at++;
            glob.append(next == '*' ? "*" : "?*");
        } else {
            glob.append('?');
        }
    }

    private void set() {
        var end = regex.indexOf(']', at);
        var inner = end < 0 ? "" : regex.substring(at, end);
        if (!inner.matches("\\^?[A-Za-z0-9_ .:/-]+")) {
            throw refused("a class holds letters, digits, ranges and _ . : / -");
        }
        glob.append('[').append(inner).append(']');
        at = end + 1;
    }

    private void escaped() {
        var character = at < regex.length() ? regex.charAt(at++) : 'x';
        switch (character) {
            case 'd' -> glob.append("[0-9]");
            case 'w' -> glob.append("[A-Za-z0-9_]");
            case 's' -> glob.append("[ \t\n]");
            default -> {
                if (Character.isLetterOrDigit(character)) {
                    throw refused("\\" + character + " is not known here");
                }
                quoted(character);
            }
        }
    }

    private void literal(char character) {
        if (REFUSED.indexOf(character) >= 0 || character == '^') {
            throw refused("\"" + character + "\" is not known here but as .* or .+");
        }
        quoted(character);
    }

    private void quoted(char character) {
        if ("*?[".indexOf(character) >= 0) {
            glob.append('[').append(character).append(']');
        } else {
            glob.append(character);
        }
    }

    private void finish() {
        if (beginning) {
            throw refused("an alternative is empty");
        }
        globs.add(ended ? glob.toString() : glob.append('*').toString());
        glob = new StringBuilder();
        beginning = true;
        ended = false;
    }

    private static ToolException refused(String why) {
        return new ToolException(
                ToolException.Reason.INVALID,
                "the embedded account knows simple regular expressions only: " + why
                        + "; includes and startsWith may do");
    }
}
