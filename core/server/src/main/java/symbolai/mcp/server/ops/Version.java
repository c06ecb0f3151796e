package symbolai.mcp.server.ops;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** Which version this is, as the build wrote it down. */
public final class Version {

    private Version() {}

    /** The version of this program. */
    public static String current() {
        var properties = new Properties();
        try (var file = Version.class.getResourceAsStream("version.properties")) {
            properties.load(Objects.requireNonNull(file, "version.properties is missing"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Objects.requireNonNull(properties.getProperty("version"), "version.properties has no version");
    }
}
