package symbolai.mcp.server.audit;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import symbolai.mcp.server.crypto.MasterKey;
import symbolai.mcp.server.crypto.PublicSigner;

/** A log on the disk, to be tampered with. */
final class WrittenLog {

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");

    final Path folder;
    final PublicSigner signer;

    WrittenLog(Path folder) {
        this(folder, 7);
    }

    WrittenLog(Path folder, int key) {
        this.folder = folder;
        var bytes = new byte[MasterKey.LENGTH];
        bytes[0] = (byte) key;
        this.signer = MasterKey.of(bytes).publicSigner("checkpoint");
    }

    /** Writes records in files of a size, with a checkpoint after each so many, and one at the end. */
    WrittenLog write(int records, long segmentBytes, int checkpoint) throws IOException {
        var segments = new Segments(folder, segmentBytes);
        segments.recover();
        var checkpoints = new Checkpoints(
                folder,
                Optional.empty(),
                signer,
                Clock.systemUTC(),
                new Checkpoints.Pace(checkpoint, Duration.ofDays(1)));
        checkpoints.begin(segments.sequence());
        int atOnce = checkpoint >= 1_000 && segmentBytes > 1_000_000 ? Math.min(100, records) : 1;
        for (int i = 0; i < records; i += atOnce) {
            long next = segments.sequence() + 1;
            segments.append(LongStream.range(next, next + atOnce)
                    .mapToObj(WrittenLog::record)
                    .toList());
            checkpoints.written(segments.sequence(), segments.hash());
        }
        checkpoints.sign();
        segments.close();
        return this;
    }

    private static String record(long number) {
        var fields = new JsonObject()
                .put("caller", "u" + number % 7)
                .put("tool", "d1_query")
                .put("rows", number * 31);
        return new AuditRecord(AT.plusMillis(number), "call.outcome", fields).text();
    }

    List<Path> files() throws IOException {
        return Segment.in(folder).stream().map(Segment::file).toList();
    }

    /** The lines of the first file. */
    List<String> lines() throws IOException {
        return new ArrayList<>(Files.readAllLines(files().get(0), StandardCharsets.US_ASCII));
    }

    /** Puts these lines in place of those of the first file. */
    void put(List<String> lines) throws IOException {
        Files.writeString(files().get(0), String.join("\n", lines) + "\n", StandardCharsets.US_ASCII);
    }

    Verification verify() throws IOException {
        return new Verifier(folder, Optional.empty(), Optional.empty()).verify();
    }

    /** What is found first. */
    Damage first() throws IOException {
        return verify().damages().get(0);
    }
}
