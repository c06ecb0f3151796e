package symbolai.mcp.server.tools;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HexFormat;

/** A foreign value as a message shows it: short, on one line, and without characters that a terminal obeys. */
public final class Shown {
    private static final int LONGEST = 40;

    private Shown() {}

    static String value(JsonNode value) {
        if (value.isObject()) {
            return "an object";
        }
        if (value.isArray()) {
            return "a list";
        }
        return value.isTextual() ? text(value.textValue()) : plain(value.asText());
    }

    /** The text in quotes. */
    public static String text(String text) {
        return "'" + plain(text) + "'";
    }

    /** The text without quotes. */
    public static String plain(String text) {
        var shown = new StringBuilder();
        text.codePoints().limit(LONGEST).forEach(character -> append(shown, character));
        return text.codePointCount(0, text.length()) > LONGEST
                ? shown.append('…').toString()
                : shown.toString();
    }

    private static void append(StringBuilder shown, int character) {
        if (isHidden(character)) {
            shown.append("\\u{")
                    .append(HexFormat.of().withUpperCase().toHexDigits(character, 6))
                    .append('}');
        } else {
            shown.appendCodePoint(character);
        }
    }

    /** Whether the text has characters that are not seen, line breaks and tabs aside. */
    static boolean hasHidden(String text) {
        return text.codePoints().anyMatch(character -> character != '\n' && character != '\t' && isHidden(character));
    }

    private static boolean isHidden(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
