package symbolai.mcp.server.identity;

/** Shows a text that somebody typed, without what could play tricks on a terminal or a log. */
final class Quoted {

    private static final int LONGEST = 80;

    private Quoted() {}

    static String text(String typed) {
        var shown = new StringBuilder("'");
        typed.codePoints().limit(LONGEST).forEach(point -> append(shown, point));
        return shown.append(typed.codePointCount(0, typed.length()) > LONGEST ? "…'" : "'")
                .toString();
    }

    private static void append(StringBuilder shown, int point) {
        switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> shown.append(String.format("\\u%04x", point));
            default -> shown.appendCodePoint(point);
        }
    }
}
