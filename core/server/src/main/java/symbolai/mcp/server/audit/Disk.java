package symbolai.mcp.server.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes so that a crash does not undo it. */
final class Disk {
    private Disk() {}

    /** Makes the names of new and removed files as durable as their contents, where the system can do that. */
    static void syncFolder(Path folder) throws IOException {
        if (!System.getProperty("os.name", "").startsWith("Windows")) {
            try (var directory = FileChannel.open(folder, StandardOpenOption.READ)) {
                directory.force(true);
            }
        }
    }

    /** Appends a line, on a line of its own even after a crash in the middle of the one before. */
    static void appendLine(Path file, String line) throws IOException {
        var folder = file.toAbsolutePath().resolveSibling(".").normalize();
        Files.createDirectories(folder);
        boolean isNew = Files.notExists(file);
        try (var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var lead = endsInLine(channel) ? "" : "\n";
            var bytes = ByteBuffer.wrap((lead + line + "\n").getBytes(StandardCharsets.US_ASCII));
            channel.position(channel.size());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
        }
        if (isNew) {
            syncFolder(folder);
        }
    }

    private static boolean endsInLine(FileChannel channel) throws IOException {
        if (channel.size() == 0) {
            return true;
        }
        var end = ByteBuffer.allocate(1);
        channel.read(end, channel.size() - 1);
        return end.get(0) == '\n';
    }
}
