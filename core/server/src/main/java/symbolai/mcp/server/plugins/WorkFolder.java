package symbolai.mcp.server.plugins;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The folder where zips are expanded, each into a folder of its own that is there whole or not at all. */
final class WorkFolder {

    private final Path root;
    private final Map<Path, Integer> users = new HashMap<>();

    WorkFolder(Path root) {
        this.root = root;
    }

    /** Empties the folder of what an earlier process left. */
    synchronized void clear() throws IOException {
        delete(root);
        Files.createDirectories(root);
    }

    /** Expands the zip, unless the same bytes lie there in use already. Each call is followed by one {@link #release}. */
    synchronized Path expand(PluginZip zip) throws IOException {
        var folder = root.resolve(zip.properties().id() + "-" + zip.sha256());
        if (!users.containsKey(folder)) {
            delete(folder);
            var half = Files.createTempDirectory(root, ".half-");
            write(zip.archive(), half);
            Files.move(half, folder, StandardCopyOption.ATOMIC_MOVE);
        }
        users.merge(folder, 1, Integer::sum);
        return folder;
    }

    /** Deletes the folder when nobody uses it any more. */
    synchronized void release(Path folder) throws IOException {
        if (users.merge(folder, -1, Integer::sum) <= 0) {
            users.remove(folder);
            delete(folder);
        }
    }

    private static void write(ZipArchive archive, Path folder) throws IOException {
        for (var member : archive.members()) {
            var target = folder.resolve(member.name()).normalize();
            if (!target.startsWith(folder)) {
                throw new PluginRefused(ZipDirectory.quoted(member.name()) + " leaves its folder");
            }
            if (member.folder()) {
                Files.createDirectories(target);
                continue;
            }
            Files.createDirectories(target.resolveSibling("."));
            try (var out = Files.newOutputStream(target)) {
                archive.copy(member, out);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        for (var path : deepestFirst(folder)) {
            Files.deleteIfExists(path);
        }
    }

    private static List<Path> deepestFirst(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.sorted(Comparator.reverseOrder()).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
