package symbolai.mcp.server.crypto;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Makes sure that only the server's own user can read a file or folder. */
public final class PrivateFile {

    private static final Set<PosixFilePermission> OTHERS = PosixFilePermissions.fromString("---rwxrwx");

    private PrivateFile() {}

    /**
     * Refuses what others could read or what belongs to somebody else.
     *
     * @param what what the file is, for the message
     */
    public static void check(Path file, String what) {
        try {
            var mode = Files.getPosixFilePermissions(file);
            if (mode.stream().anyMatch(OTHERS::contains)) {
                throw new IllegalStateException(what + " " + file + " can be used by others (mode "
                        + PosixFilePermissions.toString(mode) + "); make it private with: chmod go= '" + file + "'");
            }
            checkOwner(file, what);
        } catch (IOException e) {
            throw new IllegalStateException(what + " " + file + " cannot be looked at: " + reason(e), e);
        }
    }

    private static void checkOwner(Path file, String what) throws IOException {
        var owner = Files.getOwner(file).getName();
        var user = user(file);
        if (!owner.equals(user) && !owner.equals("root")) {
            throw new IllegalStateException(what + " " + file + " belongs to " + owner + ", but the server runs as "
                    + user + "; run it as " + owner + ", or give the file to " + user);
        }
    }

    /** Who this process is for the file system; the name in the environment may be another. */
    private static String user(Path file) throws IOException {
        var self = Path.of("/proc/self");
        if (Files.exists(self)) {
            return Files.getOwner(self).getName();
        }
        return file.getFileSystem()
                .getUserPrincipalLookupService()
                .lookupPrincipalByName(System.getProperty("user.name"))
                .getName();
    }

    private static String reason(IOException e) {
        return e instanceof NoSuchFileException ? "it does not exist" : String.valueOf(e.getMessage());
    }
}
