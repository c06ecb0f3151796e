package symbolai.mcp.server.identity.oauth;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a token lets its holder do; to change something includes to read.
 *
 * @param names as OAuth writes them; only those that there are
 */
public record Scopes(Set<String> names) {

    /** To call tools that change nothing. */
    public static final String READ = "mcp:tools:read";
    /** To call all tools. */
    public static final String WRITE = "mcp:tools:write";
    /** Only to read. */
    public static final Scopes READING = new Scopes(Set.of(READ));
    /** Everything. */
    public static final Scopes ALL = new Scopes(Set.of(READ, WRITE));

    private static final List<String> KNOWN = List.of(READ, WRITE);

    public Scopes {
        names = Set.copyOf(names);
    }

    /** Those among what was asked for that there are. */
    public static Scopes of(Collection<String> asked) {
        if (asked.contains(WRITE)) {
            return ALL;
        }
        return asked.contains(READ) ? READING : new Scopes(Set.of());
    }

    /** The same of a text in which spaces separate them. */
    public static Scopes parse(String text) {
        return of(Stream.of(text.split(" ", -1)).collect(Collectors.toSet()));
    }

    /** These, or only to read where there are none. */
    Scopes orReading() {
        return names.isEmpty() ? READING : this;
    }

    /** Whether these allow all that the others do. */
    public boolean include(Scopes others) {
        return names.containsAll(others.names());
    }

    /** Whether these allow to change something. */
    public boolean canWrite() {
        return names.contains(WRITE);
    }

    /** As OAuth writes them, the least first. */
    public String text() {
        return KNOWN.stream().filter(names::contains).collect(Collectors.joining(" "));
    }
}
