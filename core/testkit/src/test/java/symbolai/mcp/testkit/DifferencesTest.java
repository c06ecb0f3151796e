package symbolai.mcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DifferencesTest {

    @Test
    void theTableListsWhatTheContractsKnowAndNothingElse() {
        assertThat(Differences.table().keySet()).isEqualTo(Set.of(D1Contract.NO_INFINITY, R2Contract.NO_METADATA));
        assertThat(Differences.table().values()).noneMatch(Set::isEmpty);
    }

    @Test
    void everyRowOfTheTableIsUnderstood() throws IOException {
        var document = Files.readString(Path.of(System.getProperty("project.root"), "docs", "backends.md"));

        var rows =
                document.lines().filter(line -> line.startsWith("| `") && line.matches("\\| `[a-z0-9]+\\.[a-z-]+` .*"));

        assertThat(rows).hasSize(Differences.table().size());
    }
}
