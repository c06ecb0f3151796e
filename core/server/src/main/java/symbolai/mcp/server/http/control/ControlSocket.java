package symbolai.mcp.server.http.control;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Where the control socket of a data folder is. The system allows short paths only, so it may be elsewhere. */
public final class ControlSocket {

    private static final int LONGEST = 100;

    private final Path run;

    public ControlSocket(Path dataFolder) {
        this.run = dataFolder.resolve("run");
    }

    /** Where a server that runs now has it. */
    public Path current() {
        try {
            return Files.exists(note()) ? Path.of(Files.readString(note()).strip()) : usual();
        } catch (IOException e) {
            return usual();
        }
    }

    /** Finds a place for a new socket and frees it of what a crash left; the folder around it is private. Blocks. */
    Path prepare() throws IOException {
        Files.createDirectories(
                run, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        remove();
        if (usual().toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST) {
            return usual();
        }
        var place = Files.createTempDirectory(shortFolder(), "smcp").resolve("control.sock");
        Files.writeString(note(), place + "\n");
        return place;
    }

    /** Removes the socket and the note of its place. Blocks. */
    void remove() throws IOException {
        var place = current();
        Files.deleteIfExists(place);
        if (!place.equals(usual())) {
            Files.deleteIfExists(place.getParent());
        }
        Files.deleteIfExists(note());
    }

    private Path usual() {
        return run.resolve("control.sock");
    }

    private Path note() {
        return run.resolve("control.path");
    }

    private static Path shortFolder() {
        var folder = Path.of(System.getProperty("java.io.tmpdir"));
        return folder.toString().length() <= LONGEST / 2 ? folder : Path.of("/tmp");
    }
}
