package symbolai.mcp.plugins.local.d1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** The files of the databases; every method blocks. */
final class DatabaseFiles {

    private static final String ENDING = ".sqlite";
    private static final List<String> PARTS = List.of("", "-wal", "-shm", "-journal");
    private static final Duration YOUNG = Duration.ofMinutes(1);

    private final Path folder;

    DatabaseFiles(Path folder) {
        this.folder = folder;
    }

    Path file(String uuid) {
        return folder.resolve(uuid + ENDING);
    }

    /** The bytes on the disk, what waits in the write-ahead log included. */
    long size(String uuid) throws IOException {
        var total = 0L;
        for (var part : List.of("", "-wal")) {
            var path = Path.of(file(uuid) + part);
            total += Files.exists(path) ? Files.size(path) : 0;
        }
        return total;
    }

    /** Deletes what there is; true, so that it can be the work of a pool. */
    boolean delete(String uuid) throws IOException {
        for (var part : PARTS) {
            Files.deleteIfExists(Path.of(file(uuid) + part));
        }
        return true;
    }

    /** Deletes all of these. */
    boolean deleteAll(Collection<String> uuids) throws IOException {
        for (var uuid : uuids) {
            delete(uuid);
        }
        return true;
    }

    /**
     * Deletes what a crash left between making a file and entering it in the catalog, or between striking it out and deleting the file.
     * Young files are left alone: another version of this plugin may just be making one.
     */
    boolean deleteStrays(Set<String> known, Instant now) throws IOException {
        Files.createDirectories(folder);
        try (var files = Files.list(folder)) {
            for (var path : files.toList()) {
                var uuid = uuid(path);
                if (!uuid.isEmpty() && !known.contains(uuid) && isOld(path, now)) {
                    delete(uuid);
                }
            }
        }
        return true;
    }

    private static String uuid(Path path) {
        var name = path.getFileName().toString();
        var end = name.indexOf(ENDING);
        return end < 0 ? "" : name.substring(0, end);
    }

    private static boolean isOld(Path path, Instant now) throws IOException {
        return Files.exists(path) && Files.getLastModifiedTime(path).toInstant().isBefore(now.minus(YOUNG));
    }
}
