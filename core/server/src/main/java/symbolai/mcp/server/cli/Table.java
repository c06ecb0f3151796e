package symbolai.mcp.server.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows for people, in columns that are as wide as they must be. */
final class Table {

    private final List<List<String>> rows = new ArrayList<>();

    Table(String... titles) {
        rows.add(List.of(titles));
    }

    void row(String... cells) {
        rows.add(List.of(cells).stream().map(Table::harmless).toList());
    }

    String text() {
        var lines = rows.stream().map(this::line).toList();
        return String.join("\n", lines);
    }

    /** A terminal obeys control characters, so none reaches it. */
    static String harmless(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}]", "?");
    }

    private String line(List<String> row) {
        var line = new StringBuilder();
        for (var column = 0; column < row.size(); column++) {
            var last = column == row.size() - 1;
            var cell = row.get(column);
            line.append(cell).append(last ? "" : " ".repeat(width(column) - cell.length() + 2));
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
