package symbolai.mcp.server.http.page;

import java.util.HexFormat;

/** Foreign text as a person must see it: what nobody would see is written out, so that no text looks like another one. */
public final class Visible {

    private Visible() {}

    /** The text, whose line breaks and tabs stay what they are. */
    public static String lines(String text) {
        var shown = new StringBuilder(text.length());
        text.codePoints().forEach(character -> append(shown, character, character == '\n' || character == '\t'));
        return shown.toString();
    }

    /** The text on one line. */
    public static String line(String text) {
        var shown = new StringBuilder(text.length());
        text.codePoints().forEach(character -> append(shown, character, false));
        return shown.toString();
    }

    private static void append(StringBuilder shown, int character, boolean stays) {
        if (stays || !isHidden(character)) {
            shown.appendCodePoint(character);
        } else {
            shown.append("\\u{")
                    .append(HexFormat.of().withUpperCase().toHexDigits(character, 6))
                    .append('}');
        }
    }

    /** A space other than the common one passes for it, and a variation selector for nothing. */
    private static boolean isHidden(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            case Character.SPACE_SEPARATOR -> character != ' ';
            default -> isBlankLetter(character) || isVariation(character);
        };
    }

    private static boolean isBlankLetter(int character) {
        return character == 0x115F
                || character == 0x1160
                || character == 0x3164
                || character == 0xFFA0
                || character == 0x2800;
    }

    private static boolean isVariation(int character) {
        return (character >= 0xFE00 && character <= 0xFE0F)
                || (character >= 0xE0100 && character <= 0xE01EF)
                || character == 0x034F;
    }
}
