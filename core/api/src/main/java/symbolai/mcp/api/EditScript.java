package symbolai.mcp.api;

import java.util.ArrayList;
import java.util.List;

/** The shortest way from one list of numbered lines to another, found by Myers' greedy algorithm within a limit. */
record EditScript(List<Edit> edits) {

    /**
     * One line that stays (blank), goes (-) or comes (+).
     *
     * @param before its place in the first list; of a line that comes, the place where it comes in
     * @param after its place in the second list; of a line that goes, the place where it was
     */
    record Edit(char sign, int before, int after) {

        String line(List<String> first, List<String> second) {
            return sign == '+' ? second.get(after) : first.get(before);
        }
    }

    static EditScript between(int[] before, int[] after) {
        int start = 0;
        while (start < before.length && start < after.length && before[start] == after[start]) {
            start++;
        }
        int end = 0;
        while (end < before.length - start
                && end < after.length - start
                && before[before.length - 1 - end] == after[after.length - 1 - end]) {
            end++;
        }
        var edits = new ArrayList<Edit>();
        stay(edits, 0, 0, start);
        new EditSearch(before, after, start, before.length - end, after.length - end).appendTo(edits);
        stay(edits, before.length - end, after.length - end, end);
        return new EditScript(edits);
    }

    int count(char sign) {
        return (int) edits.stream().filter(edit -> edit.sign() == sign).count();
    }

    /** The changes with so many unchanged lines around them; those that touch are one. */
    List<List<Edit>> hunks(int context) {
        var hunks = new ArrayList<List<Edit>>();
        int shownTo = 0;
        int open = -1;
        for (int i = 0; i < edits.size(); i++) {
            if (edits.get(i).sign() == ' ') {
                continue;
            }
            int from = Math.max(0, i - context);
            if (open >= 0 && from > shownTo) {
                hunks.add(edits.subList(open, shownTo));
                open = -1;
            }
            open = open < 0 ? from : open;
            shownTo = Math.min(edits.size(), i + 1 + context);
        }
        if (open >= 0) {
            hunks.add(edits.subList(open, shownTo));
        }
        return hunks;
    }

    private static void stay(List<Edit> edits, int before, int after, int count) {
        for (int i = 0; i < count; i++) {
            edits.add(new Edit(' ', before + i, after + i));
        }
    }
}
