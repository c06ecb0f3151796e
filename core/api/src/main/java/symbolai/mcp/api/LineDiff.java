package symbolai.mcp.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What differs between two texts, line by line, in the unified format. Two texts that differ in more than some hundred places are shown as
 * replaced where they differ, so that the work stays small whatever the texts are.
 *
 * @param lines the hunks: {@code @@} lines, and lines that begin with a blank, + or -; long ones are cut
 * @param added how many lines are only in the second text
 * @param removed how many lines are only in the first text
 * @param truncated whether there are more lines than were asked for, or lines were cut
 */
public record LineDiff(List<String> lines, int added, int removed, boolean truncated) {

    private static final int CONTEXT = 3;
    private static final int LONGEST_LINE = 300;

    public LineDiff {
        lines = List.copyOf(lines);
    }

    /** The differences between two texts, in at most so many lines. */
    public static LineDiff between(String before, String after, int most) {
        return between(before.lines().toList(), after.lines().toList(), UnaryOperator.identity(), most);
    }

    /**
     * The differences between two lists of lines, in at most so many lines.
     *
     * @param key what of a line counts: two lines with the same key are the same line
     */
    public static LineDiff between(List<String> before, List<String> after, UnaryOperator<String> key, int most) {
        Map<String, Integer> numbers = new HashMap<>();
        var script = EditScript.between(numbered(before, key, numbers), numbered(after, key, numbers));
        var hunks = new ArrayList<String>();
        for (var hunk : script.hunks(CONTEXT)) {
            hunks.add(header(hunk));
            hunk.forEach(edit -> hunks.add(edit.sign() + edit.line(before, after)));
        }
        var cut = hunks.size() > most || hunks.stream().anyMatch(line -> line.length() > LONGEST_LINE);
        var shown = hunks.stream().limit(most).map(LineDiff::cut).toList();
        return new LineDiff(shown, script.count('+'), script.count('-'), cut);
    }

    private static int[] numbered(List<String> lines, UnaryOperator<String> key, Map<String, Integer> numbers) {
        return lines.stream()
                .map(key)
                .mapToInt(line -> numbers.computeIfAbsent(line, absent -> numbers.size()))
                .toArray();
    }

    private static String header(List<EditScript.Edit> hunk) {
        var first = hunk.get(0);
        var before = hunk.stream().filter(edit -> edit.sign() != '+').count();
        var after = hunk.stream().filter(edit -> edit.sign() != '-').count();
        return "@@ -%d,%d +%d,%d @@".formatted(first.before() + 1, before, first.after() + 1, after);
    }

    private static String cut(String line) {
        return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "…";
    }
}
