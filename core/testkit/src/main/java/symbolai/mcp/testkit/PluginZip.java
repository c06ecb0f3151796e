package symbolai.mcp.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;

/** Looks into the zip that a plugin's module made. */
public final class PluginZip {

    private final Path file;

    private PluginZip(Path file) {
        this.file = file;
    }

    /** The zip below the folder {@code target} of the module under test. */
    public static PluginZip ofThisModule() throws IOException {
        try (var files = Files.list(Path.of("target"))) {
            var zips = files.filter(path -> path.toString().endsWith("-plugin.zip"))
                    .toList();
            if (zips.size() != 1) {
                throw new AssertionError("one plugin zip was expected in target, and there are " + zips);
            }
            return new PluginZip(zips.get(0));
        }
    }

    /** The names of all entries that are files. */
    public List<String> entries() throws IOException {
        try (var zip = new ZipFile(file.toFile())) {
            return zip.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(java.util.zip.ZipEntry::getName)
                    .toList();
        }
    }

    /** The text of one entry. */
    public String text(String name) throws IOException {
        try (var zip = new ZipFile(file.toFile());
                var stream = zip.getInputStream(zip.getEntry(name))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
