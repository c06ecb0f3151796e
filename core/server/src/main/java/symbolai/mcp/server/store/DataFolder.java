package symbolai.mcp.server.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import symbolai.mcp.server.crypto.PrivateFile;

/** The folder in which one server keeps everything; one process at a time has it. */
public final class DataFolder implements AutoCloseable {

    private static final String PRIVATE = "rwx------";

    private final Path path;
    private Optional<FileLock> lock = Optional.empty();

    public DataFolder(Path path) {
        this.path = path;
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** The server's own database. */
    public Path database() {
        return path.resolve("symbolai-mcp.db");
    }

    /**
     * Makes the folder when it is missing, refuses one that others can use, and takes it for this process.
     *
     * @throws FolderInUse when another process has it
     */
    public void open() {
        try {
            Files.createDirectories(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(PRIVATE)));
        } catch (IOException e) {
            throw new IllegalStateException(
                    "the data folder " + path + " cannot be made: "
                            + e.getClass().getSimpleName() + " " + e.getMessage(),
                    e);
        }
        PrivateFile.check(path, "the data folder");
        lock = Optional.of(lock());
    }

    /** Gives the folder back. */
    @Override
    public void close() {
        try {
            if (lock.isPresent()) {
                lock.get().acquiredBy().close();
            }
            lock = Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException("the data folder " + path + " cannot be given back", e);
        }
    }

    private FileLock lock() {
        try {
            var channel = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            return tryLock(channel).orElseThrow(() -> closed(channel));
        } catch (IOException e) {
            throw new IllegalStateException("the data folder " + path + " cannot be locked: " + e.getMessage(), e);
        }
    }

    private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException thisProcess) {
            return Optional.empty();
        }
    }

    private FolderInUse closed(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException("the lock of the data folder " + path + " cannot be closed", e);
        }
        return new FolderInUse(path);
    }

    /** Another process has the data folder. */
    public static final class FolderInUse extends RuntimeException {

        private static final long serialVersionUID = 1L;

        FolderInUse(Path path) {
            super("the data folder " + path + " is in use by another SymbolAI MCP server");
        }
    }
}
