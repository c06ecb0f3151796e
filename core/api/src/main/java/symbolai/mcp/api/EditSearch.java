package symbolai.mcp.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Looks for the shortest way through the part where two lists differ: from one place in both to an end in each. */
final class EditSearch {

    private static final int MOST_EDITS = 600;

    private final int[] before;
    private final int[] after;
    private final int start;
    private final int beforeEnd;
    private final int afterEnd;

    EditSearch(int[] before, int[] after, int start, int beforeEnd, int afterEnd) {
        this.before = before;
        this.after = after;
        this.start = start;
        this.beforeEnd = beforeEnd;
        this.afterEnd = afterEnd;
    }

    void appendTo(List<EditScript.Edit> edits) {
        int most = Math.min(MOST_EDITS, beforeEnd + afterEnd - 2 * start);
        var rounds = new ArrayList<int[]>();
        var reach = new int[2 * most + 3];
        for (int round = 0; round <= most; round++) {
            if (advance(reach, round, most + 1)) {
                edits.addAll(back(rounds, most + 1));
                return;
            }
            rounds.add(reach.clone());
        }
        replace(edits);
    }

    /** Goes one edit further on each diagonal; whether the end was reached. */
    private boolean advance(int[] reach, int round, int middle) {
        for (int diagonal = -round; diagonal <= round; diagonal += 2) {
            int x = down(reach, round, diagonal, middle)
                    ? reach[middle + diagonal + 1]
                    : reach[middle + diagonal - 1] + 1;
            while (same(x, x - diagonal)) {
                x++;
            }
            reach[middle + diagonal] = x;
            if (start + x >= beforeEnd && start + x - diagonal >= afterEnd) {
                return true;
            }
        }
        return false;
    }

    private static boolean down(int[] reach, int round, int diagonal, int middle) {
        return diagonal == -round || (diagonal != round && reach[middle + diagonal - 1] < reach[middle + diagonal + 1]);
    }

    private boolean same(int x, int y) {
        return start + x < beforeEnd && start + y < afterEnd && before[start + x] == after[start + y];
    }

    /** The way that led to the end, from its first step. */
    private List<EditScript.Edit> back(List<int[]> rounds, int middle) {
        var way = new ArrayList<EditScript.Edit>();
        int x = beforeEnd - start;
        int y = afterEnd - start;
        for (int round = rounds.size(); round > 0; round--) {
            var reach = rounds.get(round - 1);
            int diagonal = x - y;
            boolean down = down(reach, round, diagonal, middle);
            int fromDiagonal = down ? diagonal + 1 : diagonal - 1;
            int fromX = reach[middle + fromDiagonal];
            int fromY = fromX - fromDiagonal;
            while (x > fromX && y > fromY) {
                way.add(new EditScript.Edit(' ', start + --x, start + --y));
            }
            if (down) {
                way.add(new EditScript.Edit('+', start + x, start + --y));
            } else {
                way.add(new EditScript.Edit('-', start + --x, start + y));
            }
        }
        while (x > 0 && y > 0) {
            way.add(new EditScript.Edit(' ', start + --x, start + --y));
        }
        Collections.reverse(way);
        return way;
    }

    private void replace(List<EditScript.Edit> edits) {
        for (int i = start; i < beforeEnd; i++) {
            edits.add(new EditScript.Edit('-', i, start));
        }
        for (int i = start; i < afterEnd; i++) {
            edits.add(new EditScript.Edit('+', beforeEnd, i));
        }
    }
}
