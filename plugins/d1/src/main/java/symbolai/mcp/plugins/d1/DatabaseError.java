package symbolai.mcp.plugins.d1;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import symbolai.mcp.api.Fence;
import symbolai.mcp.api.ToolException;

/** Tells a model what a database said of its SQL. The words may be stored ones, as those of a trigger are, so they are fenced like data. */
final class DatabaseError {

    /** What can name nothing but a part of the statement, when that is where the part stands. */
    private static final Pattern ABOUT_THE_STATEMENT = Pattern.compile(
            "near \"(.+)\": syntax error|no such (?:table|column|function): (.+)|incomplete input"
                    + "|the statement has \\d+ parameters, and \\d+ values were given",
            Pattern.DOTALL);

    private final Fence fence;

    DatabaseError(Fence fence) {
        this.fence = fence;
    }

    /** The failure as the model may read it. */
    Throwable readable(Throwable failure, List<String> sqls) {
        if (!(failure instanceof ToolException known) || known.reason() != ToolException.Reason.INVALID) {
            return failure;
        }
        var words = String.valueOf(known.getMessage());
        var told = repeatsOnly(words, sqls) ? words : "the database refused this and said:\n" + fence.around(words);
        return new ToolException(known.reason(), told + hint(words));
    }

    private static String hint(String words) {
        var unknownName = words.startsWith("no such table") || words.startsWith("no such column");
        return unknownName ? "; d1_schema shows the tables and columns there are" : "";
    }

    private static boolean repeatsOnly(String words, List<String> sqls) {
        var matcher = ABOUT_THE_STATEMENT.matcher(words);
        return matcher.matches()
                && Stream.of(1, 2)
                        .filter(group -> matcher.group(group) != null)
                        .allMatch(group -> sqls.stream().anyMatch(sql -> sql.contains(matcher.group(group))));
    }
}
