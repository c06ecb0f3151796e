package symbolai.mcp.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineDiffTest {

    @Test
    void equalTextsDifferInNothing() {
        var diff = LineDiff.between("a\nb\n", "a\nb", 100);

        assertThat(diff.lines()).isEmpty();
        assertThat(diff.truncated()).isFalse();
    }

    @Test
    void aChangedLineStandsInItsContext() {
        var diff = LineDiff.between("1\n2\n3\n4\n5\n6\n7\n8\n9", "1\n2\n3\n4\nfive\n6\n7\n8\n9", 100);

        assertThat(diff.lines()).containsExactly("@@ -2,7 +2,7 @@", " 2", " 3", " 4", "-5", "+five", " 6", " 7", " 8");
        assertThat(diff.added()).isEqualTo(1);
        assertThat(diff.removed()).isEqualTo(1);
    }

    @Test
    void changesFarApartAreTwoHunks() {
        var before = IntStream.range(0, 40).mapToObj(Integer::toString).toList();
        var after = new ArrayList<>(before);
        after.remove(35);
        after.add(2, "new");

        var diff = LineDiff.between(before, after, UnaryOperator.identity(), 100);

        assertThat(diff.lines().stream().filter(line -> line.startsWith("@@")))
                .containsExactly("@@ -1,5 +1,6 @@", "@@ -33,7 +34,6 @@");
    }

    @Test
    void somethingAgainstNothing() {
        assertThat(LineDiff.between("", "a\nb", 100).lines()).containsExactly("@@ -1,0 +1,2 @@", "+a", "+b");
        assertThat(LineDiff.between("a", "", 100).lines()).containsExactly("@@ -1,1 +1,0 @@", "-a");
    }

    @Test
    void whatTheKeyLeavesOutDoesNotCount() {
        var diff = LineDiff.between(
                List.of("12:00 start", "12:01 built"),
                List.of("13:00 start", "13:07 failed"),
                line -> line.substring(6),
                100);

        assertThat(diff.lines()).containsExactly("@@ -1,2 +1,2 @@", " 12:00 start", "-12:01 built", "+13:07 failed");
    }

    @Test
    void longDiffsAndLongLinesAreCut() {
        var many = IntStream.range(0, 500).mapToObj(Integer::toString).collect(Collectors.joining("\n"));

        assertThat(LineDiff.between("", many, 10).lines()).hasSize(10);
        assertThat(LineDiff.between("", many, 10).truncated()).isTrue();
        assertThat(LineDiff.between("", many, 10).added()).isEqualTo(500);
        assertThat(LineDiff.between("", "x".repeat(1000), 10).lines().get(1)).hasSize(301);
        assertThat(LineDiff.between("", "x".repeat(1000), 10).truncated()).isTrue();
    }

    @Test
    void textsThatHaveLittleInCommonAreReplaced() {
        var before = IntStream.range(0, 3000).mapToObj(i -> "a" + i).toList();
        var after = IntStream.range(0, 3000).mapToObj(i -> "b" + i).toList();

        var diff = LineDiff.between(before, after, UnaryOperator.identity(), 10_000);

        assertThat(diff.removed()).isEqualTo(3000);
        assertThat(diff.added()).isEqualTo(3000);
    }

    @Test
    void theEditsMakeTheSecondTextOfTheFirst() {
        var random = new Random(7);
        for (int round = 0; round < 500; round++) {
            var before = random(random);
            var after = random(random);

            var script = EditScript.between(numbers(before), numbers(after));

            assertThat(script.edits().stream()
                            .filter(edit -> edit.sign() != '+')
                            .map(edit -> edit.line(before, after)))
                    .isEqualTo(before);
            assertThat(script.edits().stream()
                            .filter(edit -> edit.sign() != '-')
                            .map(edit -> line(edit, after)))
                    .isEqualTo(after);
            assertThat(script.count('+') + script.count('-')).isEqualTo(distance(before, after));
        }
    }

    private static String line(EditScript.Edit edit, List<String> after) {
        return after.get(edit.after());
    }

    private static List<String> random(Random random) {
        return random.ints(random.nextInt(12), 0, 4).mapToObj(Integer::toString).toList();
    }

    private static int[] numbers(List<String> lines) {
        return lines.stream().mapToInt(Integer::parseInt).toArray();
    }

    /** The length of the shortest way, by the table that everybody knows. */
    private static int distance(List<String> before, List<String> after) {
        var table = new int[before.size() + 1][after.size() + 1];
        for (int i = 0; i <= before.size(); i++) {
            for (int j = 0; j <= after.size(); j++) {
                if (i == 0 || j == 0) {
                    table[i][j] = i + j;
                } else if (before.get(i - 1).equals(after.get(j - 1))) {
                    table[i][j] = table[i - 1][j - 1];
                } else {
                    table[i][j] = 1 + Math.min(table[i - 1][j], table[i][j - 1]);
                }
            }
        }
        return table[before.size()][after.size()];
    }
}
