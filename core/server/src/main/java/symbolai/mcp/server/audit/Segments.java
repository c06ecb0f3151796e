package symbolai.mcp.server.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The files of the audit log: lines are appended to the last one, and numbered through all of them. Used by one thread at a time. */
final class Segments {
    private static final Pattern NAME = Pattern.compile("\\d{8}T\\d{9}Z-(\\d+)\\.jsonl");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path folder;
    private final long segmentBytes;
    private Optional<Path> last = Optional.empty();
    private long number;
    /** Where the last segment ends that is known to be whole; what lies behind was never acknowledged. */
    private long end;

    private long sequence;
    private @Nullable FileChannel channel;

    Segments(Path folder, long segmentBytes) {
        this.folder = folder;
        this.segmentBytes = segmentBytes;
    }

    /** Finds the end of the last whole record and cuts off what a crash left behind it. */
    void recover() throws IOException {
        Files.createDirectories(folder);
        var found = found();
        for (int i = found.size() - 1; i >= 0 && sequence == 0; i--) {
            var tail = Tail.of(found.get(i));
            sequence = tail.sequence();
            if (last.isEmpty()) {
                last = Optional.of(found.get(i));
                number = number(found.get(i));
                end = tail.end();
            }
        }
        if (last.isPresent()) {
            channel = reopen(last.get());
        }
    }

    private List<Path> found() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(
                            file -> NAME.matcher(file.getFileName().toString()).matches())
                    .sorted(Comparator.comparingLong(Segments::number))
                    .toList();
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
    }

    private static long number(Path file) {
        var matcher = NAME.matcher(file.getFileName().toString());
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
    }

    /** Appends the records as lines and syncs the file. When this fails, none of them counts, and the next append begins by cutting them off. */
    void append(List<String> records) throws IOException {
        var file = channel();
        var lines = new StringBuilder();
        long next = sequence;
        for (var record : records) {
            lines.append("{\"seq\":").append(++next).append(',').append(record).append('\n');
        }
        var bytes = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.US_ASCII));
        try {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(false);
        } catch (IOException failure) {
            abandon(failure);
            throw failure;
        }
        end += bytes.limit();
        sequence = next;
    }

    private FileChannel channel() throws IOException {
        if (end >= segmentBytes || last.isEmpty()) {
            close();
            channel = begin();
        } else if (channel == null) {
            channel = Files.exists(last.get()) ? reopen(last.get()) : begin();
        }
        return channel;
    }

    private FileChannel reopen(Path segment) throws IOException {
        var opened = FileChannel.open(segment, StandardOpenOption.WRITE);
        try {
            opened.truncate(end).position(end).force(true);
            return opened;
        } catch (IOException failure) {
            opened.close();
            throw failure;
        }
    }

    private FileChannel begin() throws IOException {
        var segment = folder.resolve(
                TIME.format(Instant.now()) + "-" + String.format(Locale.ROOT, "%06d", number + 1) + ".jsonl");
        var opened = FileChannel.open(segment, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        syncFolder();
        last = Optional.of(segment);
        number++;
        end = 0;
        return opened;
    }

    /** Makes the name of a new file as durable as its contents, where the system can do that. */
    private void syncFolder() throws IOException {
        if (!System.getProperty("os.name", "").startsWith("Windows")) {
            try (var directory = FileChannel.open(folder, StandardOpenOption.READ)) {
                directory.force(true);
            }
        }
    }

    private void abandon(IOException failure) {
        try {
            close();
        } catch (IOException another) {
            failure.addSuppressed(another);
        }
    }

    void close() throws IOException {
        var open = channel;
        channel = null;
        if (open != null) {
            open.close();
        }
    }
}
