package symbolai.mcp.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import symbolai.mcp.server.audit.Damage.Kind;

/** Whatever is done to a log is found, at the record that it was done to. */
class VerifierTest {

    private static final long LARGE = 1 << 24;
    private static final int RANDOM_BYTES = Boolean.getBoolean("long") ? 1_000 : 100;

    @TempDir
    Path temporary;

    private WrittenLog log(int records, long segmentBytes, int checkpoint) throws IOException {
        return new WrittenLog(temporary.resolve("audit")).write(records, segmentBytes, checkpoint);
    }

    private static void assertFirst(WrittenLog log, long sequence, long line, Kind kind) throws IOException {
        var found = log.first();
        assertThat(found.sequence()).as(found.text()).isEqualTo(sequence);
        assertThat(found.line()).as(found.text()).isEqualTo(line);
        assertThat(found.kind()).as(found.text()).isEqualTo(kind);
    }

    @Test
    void anIntactLogIsIntact() throws IOException {
        var log = log(200, 10_000, 50);

        var verification = log.verify();

        assertThat(verification.damages()).isEmpty();
        assertThat(verification.records()).isEqualTo(200);
        assertThat(verification.first()).isEqualTo(1);
        assertThat(verification.last()).isEqualTo(200);
        assertThat(verification.segments()).isEqualTo(log.files().size()).isGreaterThan(5);
        assertThat(verification.checkpoints()).isEqualTo(4);
        assertThat(verification.signedUpTo()).isEqualTo(200);
        assertThat(verification.torn()).isFalse();
    }

    @Test
    void everyChangedByteOf200RecordsIsFoundAtItsRecord() throws IOException {
        var lines = log(200, LARGE, 1_000).lines();
        var sha256 = new LinkHash();
        var before = ChainState.origin();
        long bytes = 0;

        for (int record = 0; record < 200; record++) {
            var line = lines.get(record);
            for (int i = 0; i < line.length(); i++) {
                var changed = line.substring(0, i) + (char) (line.charAt(i) ^ 1) + line.substring(i + 1);
                var found = before.step(changed, sha256).finding();
                assertThat(found).as("byte %s of record %s", i, record + 1).isPresent();
                assertThat(found.get().sequence()).isEqualTo(record + 1);
                assertThat(found.get().kind()).isEqualTo(Kind.CHANGED);
                bytes++;
            }
            before = before.step(line, sha256).state();
        }

        assertThat(bytes).isGreaterThan(40_000);
    }

    @Test
    void randomBytesOf10000RecordsAreFoundAtTheirRecords() throws IOException {
        var log = log(10_000, LARGE, 1_000);
        var file = log.files().get(0);
        var bytes = Files.readAllBytes(file);
        var random = new Random(31);

        for (int i = 0; i < RANDOM_BYTES; i++) {
            int at = random.nextInt(bytes.length);
            byte was = bytes[at];
            bytes[at] ^= (byte) (1 + random.nextInt(255));
            Files.write(file, bytes);
            bytes[at] = was;

            long record = 1;
            for (int before = 0; before < at; before++) {
                record += bytes[before] == '\n' ? 1 : 0;
            }
            assertThat(log.first().sequence()).as("byte %s", at).isEqualTo(record);
        }
    }

    @Test
    void everyLineBreakThatIsChangedIsFound() throws IOException {
        var log = log(20, LARGE, 1_000);
        var file = log.files().get(0);
        var bytes = Files.readAllBytes(file);
        long record = 0;

        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                record++;
                bytes[i] = 'x';
                Files.write(file, bytes);
                bytes[i] = '\n';
                assertThat(log.first().sequence()).isEqualTo(record);
                assertThat(log.first().kind()).isEqualTo(Kind.CHANGED);
            }
        }

        assertThat(record).isEqualTo(20);
    }

    @Test
    void aDeletedRecordIsMissing() throws IOException {
        var log = log(100, LARGE, 1_000);
        var lines = log.lines();
        lines.remove(41);
        log.put(lines);

        assertFirst(log, 42, 42, Kind.MISSING);
    }

    @Test
    void aDeletedFileIsMissing() throws IOException {
        var log = log(100, 2_000, 1_000);
        long before = Files.readAllLines(log.files().get(0)).size();
        Files.delete(log.files().get(1));

        assertFirst(log, before + 1, 1, Kind.MISSING);
    }

    @Test
    void aDeletedFirstFileIsMissing() throws IOException {
        var log = log(100, 2_000, 1_000);
        Files.delete(log.files().get(0));

        assertFirst(log, 1, 1, Kind.MISSING);
    }

    @Test
    void swappedRecordsAreReordered() throws IOException {
        var log = log(100, LARGE, 1_000);
        var lines = log.lines();
        lines.add(50, lines.remove(51));
        log.put(lines);

        assertFirst(log, 51, 51, Kind.REORDERED);
    }

    @Test
    void aRecordThatIsThereTwiceIsFound() throws IOException {
        var log = log(100, LARGE, 1_000);
        var lines = log.lines();
        lines.add(60, lines.get(59));
        log.put(lines);

        assertFirst(log, 60, 61, Kind.REORDERED);
    }

    @Test
    void aLogThatWasCutOffIsTruncatedAfterACheckpoint() throws IOException {
        var log = log(100, LARGE, 30);
        log.put(log.lines().subList(0, 75));

        assertFirst(log, 76, 0, Kind.TRUNCATED);
    }

    @Test
    void aLogThatWasRemovedIsTruncated() throws IOException {
        var log = log(100, LARGE, 30);
        Files.delete(log.files().get(0));

        assertFirst(log, 1, 0, Kind.TRUNCATED);
    }

    @Test
    void aRecordOfAnotherLogIsSpliced() throws IOException {
        var log = log(100, LARGE, 1_000);
        var other = new WrittenLog(temporary.resolve("other")).write(3, LARGE, 1_000);
        var lines = log.lines();
        var foreign = ChainLine.join(
                71, "\"at\":\"2026-01-02T03:04:05Z\",\"event\":\"fine\"}", "ab".repeat(32), new LinkHash());
        lines.set(70, foreign.text());
        log.put(lines);

        assertFirst(log, 71, 71, Kind.SPLICED);
        assertThat(other.verify().intact()).isTrue();
    }

    @Test
    void aRecordWithItsHashMadeAnewBreaksTheChainBehindIt() throws IOException {
        var log = log(100, LARGE, 1_000);
        var lines = log.lines();
        var before = ChainLine.parse(lines.get(69)).orElseThrow();
        var forged = ChainLine.join(
                71, "\"at\":\"2026-01-02T03:04:05Z\",\"event\":\"fine\"}", before.hash(), new LinkHash());
        lines.set(70, forged.text());
        log.put(lines);

        assertFirst(log, 72, 72, Kind.SPLICED);
    }

    @Test
    void aChainThatWasMadeAnewDoesNotFitItsCheckpoints() throws IOException {
        var log = log(100, LARGE, 40);
        var lines = log.lines();
        var state = ChainLine.parse(lines.get(59)).orElseThrow();
        for (int i = 60; i < 100; i++) {
            state = ChainLine.join(
                    i + 1, "\"at\":\"2026-01-02T03:04:05Z\",\"event\":\"fine\"}", state.hash(), new LinkHash());
            lines.set(i, state.text());
        }
        log.put(lines);

        assertFirst(log, 80, 80, Kind.REWRITTEN);
    }

    @Test
    void aCheckpointThatWasChangedIsFound() throws IOException {
        var log = log(100, LARGE, 50);
        var file = log.folder.resolve("checkpoints.jsonl");
        Files.writeString(file, Files.readString(file).replace("\"seq\":50", "\"seq\":51"));

        assertThat(log.first().kind()).isEqualTo(Kind.BAD_SIGNATURE);
        assertThat(log.first().file()).isEqualTo("checkpoints.jsonl");
        assertThat(log.first().line()).isEqualTo(1);
    }

    @Test
    void aCheckpointOfAnotherKeyIsNotTrusted() throws IOException {
        var log = log(100, LARGE, 1_000);
        var other = new WrittenLog(temporary.resolve("other"), 8).write(100, LARGE, 1_000);

        var verification = new Verifier(
                        log.folder, Optional.empty(), Optional.of(other.folder.resolve("checkpoint-key.pub")))
                .verify();

        assertThat(verification.damages()).extracting(Damage::kind).containsExactly(Kind.BAD_SIGNATURE);
    }

    @Test
    void aCopyOfTheCheckpointsShowsWhatIsGoneWithThem() throws IOException {
        var log = log(100, LARGE, 30);
        var copy = temporary.resolve("copy.jsonl");
        Files.copy(log.folder.resolve("checkpoints.jsonl"), copy);
        Files.delete(log.folder.resolve("checkpoints.jsonl"));
        log.put(log.lines().subList(0, 20));
        assertThat(log.verify().intact()).isTrue();

        var verification = new Verifier(log.folder, Optional.of(copy), Optional.empty()).verify();

        assertThat(verification.damages())
                .extracting(Damage::sequence, Damage::kind)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(21L, Kind.TRUNCATED));
    }

    @Test
    void aTornLastLineIsNoDamage() throws IOException {
        var log = log(10, LARGE, 1_000);
        Files.writeString(log.files().get(0), "{\"seq\":11,\"at\":\"2026", StandardOpenOption.APPEND);

        assertThat(log.verify().torn()).isTrue();
        assertThat(log.verify().intact()).isTrue();
    }

    @Test
    void aLogGoesOnBehindDamageWithoutTouchingIt() throws IOException {
        var log = log(50, LARGE, 1_000);
        var lines = log.lines();
        lines.set(29, lines.get(29).replace("d1_query", "d1_quern"));
        log.put(lines);
        var bytes = Files.readAllBytes(log.files().get(0));

        var segments = new Segments(log.folder, LARGE);
        var found = segments.recover();
        segments.append(List.of("\"at\":\"2026-01-02T03:04:05Z\",\"event\":\"audit.damaged\"}"));
        segments.close();
        var again = new Segments(log.folder, LARGE).recover();

        assertThat(found).isPresent();
        assertThat(found.get().sequence()).isEqualTo(30);
        assertThat(found.get().line()).isEqualTo(30);
        assertThat(again).isEmpty();
        assertThat(Files.readAllBytes(log.files().get(0))).isEqualTo(bytes);
        assertThat(log.files()).hasSize(2);
        assertThat(log.verify().damages()).extracting(Damage::sequence).containsExactly(30L);
        assertThat(log.verify().last()).isEqualTo(51);
    }

    @Test
    void aWholeRecordAtTheEndIsNeverCutOff() throws IOException {
        var log = log(5, LARGE, 1_000);
        var file = log.files().get(0);
        var text = Files.readString(file);
        int begin = text.lastIndexOf('\n', text.length() - 2) + 1;

        for (int i = begin; i < text.length() - 1; i++) {
            var bytes = text.getBytes(StandardCharsets.US_ASCII);
            bytes[i] ^= 2;
            Files.write(file, bytes);

            var segments = new Segments(log.folder, LARGE);
            var found = segments.recover();
            segments.close();

            assertThat(found).as("byte %s", i - begin).isPresent();
            assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
        }
    }

    @Test
    void aFolderThatIsNotThereIsSaid() {
        var nowhere = temporary.resolve("nowhere");

        assertThatThrownBy(() -> new Verifier(nowhere, Optional.empty(), Optional.empty()).verify())
                .isInstanceOf(IOException.class)
                .hasMessage("there is no folder " + nowhere);
    }

    @Test
    void numbersGoOnThroughTheFiles() throws IOException {
        var log = log(60, 3_000, 1_000);

        var numbers = LongStream.builder();
        for (var file : log.files()) {
            for (var line : Files.readAllLines(file)) {
                numbers.add(ChainLine.parse(line).orElseThrow().sequence());
            }
        }

        assertThat(numbers.build().toArray())
                .isEqualTo(LongStream.rangeClosed(1, 60).toArray());
    }
}
