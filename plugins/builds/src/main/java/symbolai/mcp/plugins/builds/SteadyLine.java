package symbolai.mcp.plugins.builds;

import java.util.List;
import java.util.regex.Pattern;

/** What of a log line stays the same when the same build runs again: not its times, sizes, ids and temporary places. */
final class SteadyLine {

    private static final List<Pattern> VOLATILE = List.of(
            Pattern.compile(
                    "\\d{4}-\\d{2}-\\d{2}(?:[T ]\\d{2}:\\d{2}(?::\\d{2}(?:[.,]\\d+)?)?(?:Z|[+-]\\d{2}:?\\d{2})?)?"),
            Pattern.compile("\\b\\d{1,2}:\\d{2}:\\d{2}(?:[.,]\\d+)?\\b"),
            Pattern.compile("\\b\\d+(?:[.,]\\d+)*\\s?(?:ns|µs|us|ms|s|sec|secs|seconds?|m|min|mins|minutes?|h)\\b"),
            Pattern.compile("\\b\\d+(?:[.,]\\d+)*\\s?(?:B|bytes|[kKMG]i?B)(?:/s)?\\b"),
            Pattern.compile("\\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\\b"),
            Pattern.compile("\\b(?=[a-f]*\\d)[0-9a-f]{7,64}\\b"),
            Pattern.compile("/tmp/[^\\s'\":]+"),
            Pattern.compile("\\b\\d+(?:\\.\\d+)?%"));

    String key(String line) {
        var steady = line;
        for (var pattern : VOLATILE) {
            steady = pattern.matcher(steady).replaceAll("#");
        }
        return steady.strip();
    }
}
