package symbolai.mcp.plugins.local.d1;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A table whose rows are written as SQL.
 *
 * @param columns those that can be inserted
 * @param rowId the name by which the row id can be asked for; empty when there is none
 */
record DumpedTable(String name, List<String> columns, Optional<String> rowId) {

    private static final List<String> ROW_IDS = List.of("rowid", "_rowid_", "oid");

    /** A table with all its columns; those that are generated cannot be inserted, but hide a row id too. */
    static DumpedTable of(String name, List<String> insertable, List<String> all, boolean withoutRowId) {
        Set<String> hidden = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        hidden.addAll(all);
        var rowId = ROW_IDS.stream()
                .filter(id -> !withoutRowId && !hidden.contains(id))
                .findFirst();
        return new DumpedTable(name, List.copyOf(insertable), rowId);
    }

    /** Of each column its type and its value, a text as its bytes. */
    String select() {
        var values = new ArrayList<String>();
        for (var column : columns) {
            var quoted = SqlText.name(column);
            values.add("typeof(" + quoted + "), iif(typeof(" + quoted + ") = 'text', CAST(" + quoted + " AS BLOB), "
                    + quoted + ")");
        }
        return String.join(", ", values);
    }

    String insert() {
        var quoted = columns.stream().map(SqlText::name).toList();
        return "INSERT INTO " + SqlText.name(name) + " (" + String.join(", ", quoted) + ") VALUES (";
    }
}
