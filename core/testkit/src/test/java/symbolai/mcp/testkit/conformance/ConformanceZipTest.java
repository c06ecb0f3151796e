package symbolai.mcp.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

class ConformanceZipTest {
    private static final Path ZIP =
            Path.of(System.getProperty("project.root"), "core/testkit/target/symbolai-mcp-conformance.zip");

    @Test
    void isAPluginThatNamesItsFamily() throws IOException {
        try (var zip = new ZipFile(ZIP.toFile())) {
            assertThat(text(zip, "plugin.properties"))
                    .contains("plugin.id=conformance")
                    .doesNotContain("${");
            assertThat(text(zip, "classes/META-INF/extensions.idx")).contains(ConformanceFamily.class.getName());
        }
    }

    @Test
    void holdsItsOwnClassesOnly() throws IOException {
        try (var zip = new ZipFile(ZIP.toFile())) {
            assertThat(zip.stream().filter(entry -> !entry.isDirectory()).map(entry -> entry.getName()))
                    .isNotEmpty()
                    .allMatch(name -> name.equals("plugin.properties")
                            || name.equals("classes/META-INF/extensions.idx")
                            || name.startsWith("classes/symbolai/mcp/testkit/conformance/"));
        }
    }

    private static String text(ZipFile zip, String name) throws IOException {
        return new String(zip.getInputStream(zip.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
    }
}
