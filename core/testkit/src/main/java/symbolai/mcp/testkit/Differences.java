package symbolai.mcp.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * In what a backend differs from the embedded account, as {@code docs/backends.md} lists it. A contract asserts each difference that is
 * listed, and what the embedded account does where none is.
 *
 * @param keys of the differences
 */
public record Differences(Set<String> keys) {

    /** For the backend that the others are held against. */
    public static final Differences NONE = new Differences(Set.of());

    private static final List<String> BACKENDS = List.of("cloud", "wrangler");
    private static final Pattern ROW = Pattern.compile(
            "^\\| `(?<key>[a-z0-9.-]+)` \\| (?<cloud>yes|) ?\\| (?<wrangler>yes|) ?\\| (?<reason>.{20,}) \\|$",
            Pattern.MULTILINE);

    public Differences {
        keys = Set.copyOf(keys);
    }

    /** Those of the backend {@code cloud} or {@code wrangler}. */
    public static Differences of(String backend) {
        if (!BACKENDS.contains(backend)) {
            throw new IllegalArgumentException("there is no column " + backend);
        }
        var keys = new TreeSet<String>();
        table().forEach((key, backends) -> keys.addAll(backends.contains(backend) ? Set.of(key) : Set.of()));
        return new Differences(keys);
    }

    /** All keys of the table, with the backends that each is listed for. */
    public static Map<String, Set<String>> table() {
        var table = new TreeMap<String, Set<String>>();
        var rows = ROW.matcher(document());
        while (rows.find()) {
            var backends = new TreeSet<String>();
            BACKENDS.stream()
                    .filter(backend -> rows.group(backend).equals("yes"))
                    .forEach(backends::add);
            table.put(rows.group("key"), backends);
        }
        return table;
    }

    /** Whether the difference is listed. */
    public boolean has(String key) {
        return keys.contains(key);
    }

    private static String document() {
        try {
            return Files.readString(Path.of(System.getProperty("project.root"), "docs", "backends.md"));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
