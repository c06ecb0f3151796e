package symbolai.mcp.server.connections;

/** Makes a text from outside fit for a message or a log line. */
final class Shown {

    private static final int LONGEST = 80;

    private Shown() {}

    /** The beginning, with dots for what is no plain character. */
    static String plain(String text) {
        var shown = new StringBuilder();
        text.codePoints()
                .limit(LONGEST)
                .map(point -> Character.isLetterOrDigit(point) || (point >= ' ' && point < 127) ? point : '.')
                .forEach(shown::appendCodePoint);
        return shown.toString();
    }
}
