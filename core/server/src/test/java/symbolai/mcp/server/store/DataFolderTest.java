package symbolai.mcp.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataFolderTest {

    @TempDir
    Path folder;

    @Test
    void theFolderIsMadeForItsOwnerOnly() throws Exception {
        var path = folder.resolve("a/b");

        try (var data = new DataFolder(path)) {
            data.open();
        }

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rwx------");
    }

    @Test
    void oneServerAtATimeHasIt() {
        var path = folder.resolve("data");
        try (var first = new DataFolder(path);
                var second = new DataFolder(path)) {
            first.open();

            assertThatThrownBy(second::open)
                    .isInstanceOf(DataFolder.FolderInUse.class)
                    .hasMessage("the data folder " + path + " is in use by another SymbolAI MCP server");

            first.close();
            second.open();
        }
    }

    @Test
    void anotherProcessIsKeptOutToo() throws Exception {
        var path = folder.resolve("data");
        try (var data = new DataFolder(path)) {
            data.open();

            assertThat(exitCodeOfAnotherProcess(path)).isEqualTo(3);
        }

        assertThat(exitCodeOfAnotherProcess(path)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxr-x---", "rwxrwxrwx", "rwx--x--x"})
    void aFolderThatOthersCanUseIsRefused(String mode) throws Exception {
        var path = Files.createDirectory(folder.resolve("data"));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));

        try (var data = new DataFolder(path)) {
            assertThatThrownBy(data::open)
                    .hasMessage("the data folder " + path + " can be used by others (mode " + mode
                            + "); make it private with: chmod go= '" + path + "'");
        }
    }

    @Test
    void aFileInThePlaceOfTheFolderIsRefused() throws Exception {
        var path = Files.createFile(folder.resolve("data"));

        try (var data = new DataFolder(path)) {
            assertThatThrownBy(data::open)
                    .hasMessage("the data folder " + path + " cannot be made: FileAlreadyExistsException " + path);
        }
    }

    private static int exitCodeOfAnotherProcess(Path path) throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java, "-cp", System.getProperty("java.class.path"), Other.class.getName(), path.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    /** Tries to take the folder in a process of its own. */
    public static final class Other {

        private Other() {}

        public static void main(String[] arguments) {
            try (var data = new DataFolder(Path.of(arguments[0]))) {
                data.open();
            } catch (DataFolder.FolderInUse e) {
                System.exit(3);
            }
        }
    }
}
