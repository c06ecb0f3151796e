package symbolai.mcp.server.crypto;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The file of the master key: one generation on each line, the newest first. */
record MasterKeyFile(Path path) {

    private static final int MOST = 8;

    /** The generations. */
    List<Generation> read() {
        PrivateFile.check(path, "the master key");
        try {
            var lines = Files.readString(path, StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            if (lines.isEmpty()) {
                throw damaged();
            }
            if (lines.size() > MOST) {
                throw new IllegalStateException("the master key " + path + " has " + lines.size()
                        + " lines; it may have the newest key and " + (MOST - 1) + " older ones");
            }
            return lines.stream().map(this::generation).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the master key " + path + " cannot be read", e);
        }
    }

    /** Puts these generations in place of those in the file; whatever happens, the file holds all the former ones or all of these. */
    void write(List<Generation> generations) {
        try {
            var folder = path.toAbsolutePath().resolveSibling(".").normalize();
            Files.createDirectories(folder, permissions("rwx------"));
            var part = discard();
            Files.createFile(part, permissions("rw-------"));
            try (var channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                var text = ByteBuffer.wrap(text(generations).getBytes(StandardCharsets.UTF_8));
                while (text.hasRemaining()) {
                    channel.write(text);
                }
                channel.force(true);
            }
            Files.move(part, path, StandardCopyOption.ATOMIC_MOVE);
            sync(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the master key " + path + " cannot be written", e);
        }
    }

    /** Removes what a crash in the middle of {@link #write} has left. */
    Path discard() throws IOException {
        var part = path.resolveSibling(path.getFileName() + ".part");
        Files.deleteIfExists(part);
        return part;
    }

    private static void sync(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static String text(List<Generation> generations) {
        return generations.stream()
                .map(generation -> Base64.getEncoder().encodeToString(generation.bytes()) + "\n")
                .collect(Collectors.joining());
    }

    private Generation generation(String line) {
        try {
            var bytes = Base64.getDecoder().decode(line);
            if (bytes.length == MasterKey.LENGTH) {
                return new Generation(bytes);
            }
        } catch (IllegalArgumentException notBase64) {
            // Said below, without the contents.
        }
        throw damaged();
    }

    private IllegalStateException damaged() {
        return new IllegalStateException("the master key " + path + " is damaged: it must be " + MasterKey.LENGTH
                + " random bytes in base64; make one with: head -c " + MasterKey.LENGTH
                + " /dev/urandom | base64");
    }

    private static FileAttribute<Set<PosixFilePermission>> permissions(String text) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
    }
}
