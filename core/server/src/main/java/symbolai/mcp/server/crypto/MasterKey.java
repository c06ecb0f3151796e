package symbolai.mcp.server.crypto;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/** The one secret of a server, from which every other key is derived. */
public final class MasterKey {

    /** How many bytes a master key has. */
    public static final int LENGTH = 32;

    private final byte[] key;

    private MasterKey(byte[] key) {
        this.key = key.clone();
    }

    /** The key in {@code keys/master.key} of the data folder, which is made when it is missing. */
    public static MasterKey load(Path dataFolder) {
        var file = dataFolder.resolve("keys").resolve("master.key");
        try {
            if (Files.notExists(file)) {
                create(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the master key " + file + " cannot be made", e);
        }
        return read(file);
    }

    /** The key in a file of the operator's choice. */
    public static MasterKey read(Path file) {
        PrivateFile.check(file, "the master key");
        try {
            return of(
                    decode(file, Files.readString(file, StandardCharsets.UTF_8).strip()));
        } catch (IOException e) {
            throw new UncheckedIOException("the master key " + file + " cannot be read", e);
        }
    }

    /** A key of known bytes. */
    public static MasterKey of(byte[] key) {
        if (key.length != LENGTH) {
            throw new IllegalArgumentException("a master key has " + LENGTH + " bytes, not " + key.length);
        }
        return new MasterKey(key);
    }

    /** A key for one purpose: 32 bytes that say nothing of the master key, by HKDF with SHA-256. */
    public byte[] derive(String purpose) {
        return Hmac.hkdf(key, purpose);
    }

    /** Seals values for one purpose. */
    public Sealer sealer(String purpose) {
        return new Sealer(derive("seal " + purpose));
    }

    /** Signs values for one purpose. */
    public Signer signer(String purpose) {
        return new Signer(derive("sign " + purpose));
    }

    /** A crash leaves no half key behind: the file gets its name when it is whole. */
    private static void create(Path file) throws IOException {
        var made = new byte[LENGTH];
        new SecureRandom().nextBytes(made);
        Files.createDirectories(file.getParent(), permissions("rwx------"));
        var part = Files.createTempFile(file.getParent(), "master", ".part", permissions("rw-------"));
        Files.writeString(part, Base64.getEncoder().encodeToString(made) + "\n", StandardOpenOption.SYNC);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static byte[] decode(Path file, String text) {
        try {
            var bytes = Base64.getDecoder().decode(text);
            if (bytes.length == LENGTH) {
                return bytes;
            }
        } catch (IllegalArgumentException notBase64) {
            // Said below, without the contents.
        }
        throw new IllegalStateException("the master key " + file + " is damaged: it must be " + LENGTH
                + " random bytes in base64; make one with: head -c " + LENGTH + " /dev/urandom | base64");
    }

    private static FileAttribute<Set<PosixFilePermission>> permissions(String text) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
    }
}
