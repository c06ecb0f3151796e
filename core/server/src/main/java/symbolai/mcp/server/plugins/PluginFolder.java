package symbolai.mcp.server.plugins;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Watches a folder by looking at it again and again; a zip counts once two looks in a row found it the same. */
final class PluginFolder {

    /**
     * What a look found.
     *
     * @param fresh zips that are new or have changed, and are no longer being written, by name
     * @param gone names of zips that were there before and were missing twice
     * @param there names of all zips that are there
     */
    record Look(List<PluginFile> fresh, Set<String> gone, Set<String> there) {}

    private final Path folder;
    private Map<String, PluginFile> former = Map.of();
    private final Map<String, PluginFile> taken = new HashMap<>();

    PluginFolder(Path folder) {
        this.folder = folder;
    }

    /** The first look: what is there counts at once. */
    Look first() throws IOException {
        Files.createDirectories(folder);
        former = read();
        return look(former);
    }

    /** Another look. */
    Look again() throws IOException {
        return look(read());
    }

    /** Lets a zip that was taken count as new again. */
    void forget(String name) {
        taken.remove(name);
    }

    private Look look(Map<String, PluginFile> now) {
        var fresh = new ArrayList<PluginFile>();
        now.forEach((name, file) -> {
            if (file.equals(former.get(name)) && !file.equals(taken.get(name))) {
                fresh.add(file);
            }
        });
        var gone = new TreeSet<>(taken.keySet());
        gone.removeAll(now.keySet());
        gone.removeAll(former.keySet());
        fresh.forEach(file -> taken.put(file.name(), file));
        taken.keySet().removeAll(gone);
        former = now;
        return new Look(fresh, gone, Set.copyOf(now.keySet()));
    }

    private Map<String, PluginFile> read() throws IOException {
        var files = new TreeMap<String, PluginFile>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder, PluginFolder::candidate)) {
            for (var path : paths) {
                file(path).ifPresent(file -> files.put(file.name(), file));
            }
        }
        return files;
    }

    private static boolean candidate(Path path) {
        String name = String.valueOf(path.getFileName());
        return name.endsWith(".zip") && !name.startsWith(".");
    }

    private static Optional<PluginFile> file(Path path) throws IOException {
        try {
            var attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return attributes.isRegularFile()
                    ? Optional.of(new PluginFile(
                            path,
                            attributes.size(),
                            attributes.lastModifiedTime(),
                            String.valueOf(attributes.fileKey())))
                    : Optional.empty();
        } catch (NoSuchFileException goneMeanwhile) {
            return Optional.empty();
        }
    }
}
