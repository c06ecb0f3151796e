package symbolai.mcp.server.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One file of the audit log; its name tells when it was begun.
 *
 * @param number its place among all of them
 */
record Segment(Path file, long number) {
    private static final Pattern NAME = Pattern.compile("\\d{8}T\\d{9}Z-(\\d{1,18})\\.jsonl");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** All segments of a folder, in order. */
    static List<Segment> in(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.flatMap(file -> of(file).stream())
                    .sorted(Comparator.comparingLong(Segment::number))
                    .toList();
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
    }

    /** The segment in a file; empty when the name is not one of a segment. */
    static Optional<Segment> of(Path file) {
        var matcher = NAME.matcher(file.getFileName().toString());
        return matcher.matches() ? Optional.of(new Segment(file, Long.parseLong(matcher.group(1)))) : Optional.empty();
    }

    /** A segment to be begun. */
    static Segment named(Path folder, Instant at, long number) {
        var name = TIME.format(at) + "-" + String.format(Locale.ROOT, "%06d", number) + ".jsonl";
        return new Segment(folder.resolve(name), number);
    }

    String name() {
        return file.getFileName().toString();
    }
}
