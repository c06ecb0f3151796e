package symbolai.mcp.api;

/** Text of a caller or of an outside system as it stands in a message: not long, and without characters that hide or break lines. */
public final class Quoted {

    private static final int LONGEST = 80;

    private Quoted() {}

    /** At most the first 80 characters, those that nobody would see replaced. */
    public static String text(String given) {
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
