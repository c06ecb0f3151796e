package symbolai.mcp.plugins.r2;

/** Text of a caller as it stands in a message: on one line and not long. */
final class Quoted {

    private static final int LONGEST = 80;

    private Quoted() {}

    static String text(String given) {
        var shown = given.codePoints()
                .limit(LONGEST)
                .map(Quoted::visible)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return shown.length() < given.length() ? shown + "…" : shown;
    }

    private static int visible(int character) {
        var type = Character.getType(character);
        var hidden = Character.isISOControl(character)
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
        return hidden ? '\uFFFD' : character;
    }
}
