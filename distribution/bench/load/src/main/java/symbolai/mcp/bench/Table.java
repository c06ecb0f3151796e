package symbolai.mcp.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Collects what was measured, and writes medians and their ratios to one of the columns as a Markdown table. Not safe for use by several threads. */
final class Table {

    private final String measure;
    private final Map<String, Map<String, List<Double>>> rows = new LinkedHashMap<>();

    /** @param measure the column that the others are divided by */
    Table(String measure) {
        this.measure = measure;
    }

    void add(String row, String column, double value) {
        rows.computeIfAbsent(row, name -> new LinkedHashMap<>())
                .computeIfAbsent(column, name -> new ArrayList<>())
                .add(value);
    }

    /** A row a figure, a column a server: the median, and in brackets its ratio to the measure. */
    String text() {
        var columns = rows.values().iterator().next().keySet();
        var text = new StringBuilder("| |");
        columns.forEach(column -> text.append(' ').append(column).append(" |"));
        text.append("\n|---|").append("---|".repeat(columns.size()));
        rows.forEach((row, cells) -> {
            var base = median(cells.getOrDefault(measure, List.of(Double.NaN)));
            text.append("\n| ").append(row).append(" |");
            columns.forEach(column -> {
                var value = median(cells.getOrDefault(column, List.of(Double.NaN)));
                text.append(String.format(Locale.ROOT, " %,.1f (%.2f) |", value, value / base));
            });
        });
        return text.toString();
    }

    private static double median(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
