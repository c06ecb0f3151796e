package symbolai.mcp.server.identity;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import symbolai.mcp.api.Secret;

/** The file that holds the token of the first setup link, for the server's own user only, until it was used. */
public final class SetupTokenFile {

    private static final String FOLDER = "secrets";
    private static final String NAME = "setup-token";

    private final Vertx vertx;
    private final Path dataFolder;

    public SetupTokenFile(Vertx vertx, Path dataFolder) {
        this.vertx = vertx;
        this.dataFolder = dataFolder;
    }

    Future<Void> write(Secret token) {
        return vertx.<Path>executeBlocking(() -> store(token), false).mapEmpty();
    }

    /** The token that is in the file; empty when there is none. */
    Future<Optional<Secret>> read() {
        return vertx.executeBlocking(this::stored, false);
    }

    private Optional<Secret> stored() throws IOException {
        return Files.exists(file())
                ? Optional.of(new Secret(
                        Files.readString(file(), StandardCharsets.UTF_8).strip()))
                : Optional.empty();
    }

    Future<Void> remove() {
        return vertx.executeBlocking(() -> Files.deleteIfExists(file()), false).mapEmpty();
    }

    private Path file() {
        return dataFolder.resolve(FOLDER).resolve(NAME);
    }

    private Path store(Secret token) throws IOException {
        Files.createDirectories(
                dataFolder.resolve(FOLDER),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.deleteIfExists(file());
        var text = token.reveal() + "\n";
        try (var channel = Files.newByteChannel(
                file(),
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        }
        return file();
    }
}
