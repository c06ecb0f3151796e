package symbolai.mcp.server.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files of the audit log: records are appended to the last one as lines, numbered and joined to a chain through all of them. Used by one
 * thread at a time.
 */
final class Segments {
    private final Path folder;
    private final long segmentBytes;
    private final LinkHash sha256 = new LinkHash();
    private Optional<Path> last = Optional.empty();
    private long number;
    /** Where the last segment ends that is known to be whole; what lies behind was never acknowledged. */
    private long end;

    private ChainState state = ChainState.origin();
    private @Nullable FileChannel channel;

    Segments(Path folder, long segmentBytes) {
        this.folder = folder;
        this.segmentBytes = segmentBytes;
    }

    /**
     * Finds the end of the last whole record and cuts off what a crash left behind it. A file in which records are damaged stays as it is, and a
     * new one is begun.
     *
     * @return the first record at the end of the log that is not as it was written
     */
    Optional<Damage> recover() throws IOException {
        Files.createDirectories(folder);
        var found = LogEnd.find(folder);
        state = found.state();
        number = found.last().map(Segment::number).orElse(0L);
        if (found.damage().isEmpty() && found.last().isPresent()) {
            last = found.last().map(Segment::file);
            end = found.end();
            channel = reopen(last.get());
        }
        return found.damage();
    }

    /** Leaves out numbers up to this one in a new file, as they were given to records that are gone. */
    void skip(long sequence) throws IOException {
        close();
        end = Long.MAX_VALUE;
        state = ChainState.after(Math.max(sequence, state.sequence()), state.hash());
    }

    /** The number of the last record. */
    long sequence() {
        return state.sequence();
    }

    /** The hash of the last record. */
    String hash() {
        return state.hash();
    }

    /** The name of the last file; empty when there is none. */
    String name() {
        return last.map(Path::getFileName).map(String::valueOf).orElse("");
    }

    /** Appends the records as lines and syncs the file. When this fails, none of them counts, and the next append begins by cutting them off. */
    void append(List<String> records) throws IOException {
        var file = channel();
        var lines = new StringBuilder();
        var next = state;
        for (var record : records) {
            var line = ChainLine.join(next.sequence() + 1, record, next.hash(), sha256);
            lines.append(line.text()).append('\n');
            next = ChainState.after(line.sequence(), line.hash());
        }
        var bytes = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.US_ASCII));
        try {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(false);
        } catch (IOException | RuntimeException | Error failure) {
            abandon(failure);
            throw failure;
        }
        end += bytes.limit();
        state = next;
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
        var segment = Segment.named(folder, Instant.now(), number + 1).file();
        var opened = FileChannel.open(segment, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        try {
            Disk.syncFolder(folder);
        } catch (IOException failure) {
            opened.close();
            Files.delete(segment);
            throw failure;
        }
        last = Optional.of(segment);
        number++;
        end = 0;
        return opened;
    }

    private void abandon(Throwable failure) {
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
