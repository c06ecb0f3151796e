package symbolai.mcp.plugins.d1;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.ToolException;

/** The gate on statements that were made up: none that it calls a read changes anything, and it lets reads through. */
class SqlGateGeneratedTest {

    private static final int STATEMENTS = 10_000;
    private static final double MOST_FALSE_REFUSALS = 0.001;

    private final SqlGate gate = new SqlGate();

    @TempDir
    private Path folder;

    @Test
    void noGeneratedReadChangesAnything() throws Exception {
        var sql = new GeneratedSql(20_261_122);
        var falseRefusals = new ArrayList<String>();
        var harmless = 0;
        var proven = 0;
        try (var scratch = new ScratchDatabase(folder.resolve("generated.db"))) {
            for (var index = 0; index < STATEMENTS; index++) {
                var read = sql.read();
                if (scratch.accepts(read) && scratch.proveUnchanged(read)) {
                    harmless++;
                    falseRefusals.addAll(isRead(read) ? List.of() : List.of(read));
                }
                for (var text : List.of(sql.disguised(), sql.damaged(read), sql.damaged(sql.disguised()))) {
                    proven += isRead(text) ? 1 : 0;
                    if (isRead(text)) {
                        scratch.proveUnchanged(text);
                    }
                }
            }
        }
        System.out.printf(
                "SQL generated: %d reads ran and changed nothing, falsely refused %d; %d disguised or damaged ones passed as reads and changed nothing%n",
                harmless, falseRefusals.size(), proven);
        assertThat(harmless).isGreaterThan(STATEMENTS / 2);
        assertThat(proven).isPositive();
        assertThat((double) falseRefusals.size() / harmless)
                .as("falsely refused: %s", falseRefusals)
                .isLessThan(MOST_FALSE_REFUSALS);
    }

    private boolean isRead(String sql) {
        try {
            return gate.check(sql).access() == Operation.Access.READ;
        } catch (ToolException refused) {
            return false;
        }
    }
}
