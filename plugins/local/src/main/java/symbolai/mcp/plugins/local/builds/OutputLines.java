package symbolai.mcp.plugins.local.builds;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Cuts the output of a build into lines, without colours and control characters; both lines and their number are bounded. */
final class OutputLines {

    static final int MOST_LINES = 10_000;
    static final int LONGEST_LINE = 4096;

    private static final Pattern ESCAPES =
            Pattern.compile("\u001B(?:\\[[0-?]*[ -/]*[@-~]|\\][^\u0007\u001B]*(?:\u0007|\u001B\\\\)?|[@-Z\\\\^_])");
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}&&[^\t]]");

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private List<String> lines = new ArrayList<>();
    private int count;
    private boolean returned;
    private boolean cut;

    void add(byte[] bytes, int length) {
        for (var index = 0; index < length; index++) {
            add(bytes[index]);
        }
    }

    /** The lines that are whole, each given once. */
    List<String> take() {
        var whole = lines;
        lines = new ArrayList<>();
        return whole;
    }

    /** What came after the last line break counts as a line. */
    void end() {
        if (line.size() > 0) {
            finish();
        }
    }

    private void add(byte character) {
        if (character == '\n' && returned) {
            returned = false;
            return;
        }
        returned = character == '\r';
        if (character == '\n' || returned) {
            finish();
        } else if (line.size() < LONGEST_LINE) {
            line.write(character);
        } else {
            cut = true;
        }
    }

    private void finish() {
        count++;
        if (count <= MOST_LINES) {
            var text = ESCAPES.matcher(line.toString(StandardCharsets.UTF_8)).replaceAll("");
            lines.add(CONTROLS.matcher(text).replaceAll("") + (cut ? "…" : ""));
        }
        if (count == MOST_LINES + 1) {
            lines.add("The log ends here: it holds " + MOST_LINES + " lines of a build. The build goes on.");
        }
        line.reset();
        cut = false;
    }
}
