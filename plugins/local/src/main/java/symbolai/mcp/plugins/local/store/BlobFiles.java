package symbolai.mcp.plugins.local.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/** Files of bytes under names that are used only once; every method blocks. */
final class BlobFiles {

    private static final String HALF = ".half";
    private static final Duration YOUNG = Duration.ofMinutes(1);

    private final Path folder;

    BlobFiles(Path folder) {
        this.folder = folder;
    }

    /** The bytes are on the disk under the name that this gives, or nothing is but a half file. */
    String write(byte[] bytes) throws IOException {
        var name = UUID.randomUUID().toString().replace("-", "");
        var half = folder.resolve(name + HALF);
        var rights = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var options = EnumSet.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        try (var channel = FileChannel.open(half, options, rights)) {
            var buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(half, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        forceFolder();
        return name;
    }

    FileChannel open(String name) throws IOException {
        return FileChannel.open(folder.resolve(name), StandardOpenOption.READ);
    }

    void delete(String name) throws IOException {
        Files.deleteIfExists(folder.resolve(name));
    }

    /** Deletes the files that no table knows. Young ones are left alone: someone may just be writing one. */
    void deleteStrays(Set<String> known, Instant now) throws IOException {
        Files.createDirectories(folder);
        try (var files = Files.newDirectoryStream(folder)) {
            for (var file : files) {
                if (!known.contains(file.getFileName().toString()) && isOld(file, now)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static boolean isOld(Path file, Instant now) throws IOException {
        return Files.exists(file) && Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(YOUNG));
    }

    private void forceFolder() throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
