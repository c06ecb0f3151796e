package symbolai.mcp.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import symbolai.mcp.server.tools.CallingProcess;

/** kill -9 under load, sixty times and in the long campaign two hundred: each call that was answered has its records, and the chain is whole. */
class KilledAuditTest {

    private static final int KILLS = Boolean.getBoolean("long") ? 200 : 60;
    /** How many processes go on with the same log. */
    private static final int ROUNDS = 20;
    /** How many logs are under fire at once, so that one process starts while another answers. */
    private static final int SIDES = 2;

    @TempDir
    Path folder;

    private final Set<String> answered = ConcurrentHashMap.newKeySet();
    private final Queue<Long> starting = new ConcurrentLinkedQueue<>();

    @Test
    @Timeout(1800)
    void eachAnsweredCallSurvivesTheKills() throws Exception {
        var archive = SharedArchive.in(folder);
        archive.record(CallingProcess.class, folder.resolve("trial").toString(), "trial", "2000");
        long began = System.nanoTime();

        inParallel(archive);

        long took = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
        assertThat(answered).hasSizeGreaterThan(KILLS * 10);
        var records = records();
        assertThat(records.get("call.intent")).containsAll(answered);
        assertThat(records.get("call.outcome done")).containsAll(answered);
        for (int round = 0; round < KILLS; round += ROUNDS) {
            var audit = log(round).resolve("audit");
            assertThat(new Verifier(audit, Optional.empty(), Optional.empty())
                            .verify()
                            .damages())
                    .isEmpty();
        }
        var starts = starting.stream().sorted().toList();
        System.out.printf(
                "%d kills in %d s, %d answered calls, %d unanswered intents; audit log open %d ms after the start of the process"
                        + " (median; %d ms at most)%n",
                KILLS,
                took,
                answered.size(),
                records.get("call.intent").size()
                        - records.get("call.outcome done").size(),
                starts.get(KILLS / 2),
                starts.get(KILLS - 1));
    }

    /** Each log has its rounds one after another. */
    private void inParallel(SharedArchive archive) throws Exception {
        var sides = Executors.newFixedThreadPool(SIDES);
        try {
            var logs = new ArrayList<Callable<Void>>();
            for (int round = 0; round < KILLS; round += ROUNDS) {
                int first = round;
                logs.add(() -> rounds(archive, first));
            }
            for (var log : sides.invokeAll(logs)) {
                log.get();
            }
        } finally {
            sides.shutdownNow();
        }
    }

    private @Nullable Void rounds(SharedArchive archive, int first) throws IOException, InterruptedException {
        for (int round = first; round < Math.min(first + ROUNDS, KILLS); round++) {
            killed(archive, log(round), "r" + round);
        }
        return null;
    }

    private Path log(int round) throws IOException {
        return Files.createDirectories(folder.resolve("log" + round / ROUNDS));
    }

    /** One process, killed while it answers; what it has said by then counts. */
    private void killed(SharedArchive archive, Path log, String name) throws IOException, InterruptedException {
        long start = System.nanoTime();
        var process = archive.program(CallingProcess.class, log.toString(), name, "1000000000")
                .start();
        try (var said = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.readLine()).isEqualTo("open");
            starting.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
            var first = said.readLine();
            assertThat(first).as("the first answer of " + name).startsWith(name + "-");
            answered.add(hash(first));
            // By its handle, which leaves open what it has said.
            CompletableFuture.delayedExecutor(20 + ThreadLocalRandom.current().nextInt(180), TimeUnit.MILLISECONDS)
                    .execute(() -> process.toHandle().destroyForcibly());
            for (var line = said.readLine(); line != null; line = said.readLine()) {
                if (line.endsWith(".")) {
                    answered.add(hash(line));
                }
            }
            assertThat(process.waitFor()).as("how " + name + " ended").isEqualTo(128 + 9);
        } finally {
            process.destroyForcibly();
        }
    }

    private static String hash(String mark) {
        return CanonicalJson.sha256(CallingProcess.arguments(mark));
    }

    /** The hashes of the arguments in all records, by their event and outcome. */
    private Map<String, Set<String>> records() throws IOException {
        var records = new HashMap<String, Set<String>>();
        for (int round = 0; round < KILLS; round += ROUNDS) {
            for (var segment : Segment.in(log(round).resolve("audit"))) {
                read(segment, records);
            }
        }
        return records;
    }

    private static void read(Segment segment, Map<String, Set<String>> records) throws IOException {
        try (var reader = new SegmentReader(segment.file())) {
            for (var line = reader.next(); line.isPresent(); line = reader.next()) {
                ChainLine.parse(line.get().text())
                        .flatMap(ChainLine::json)
                        .ifPresent(record -> records.computeIfAbsent(
                                        (record.getString("event") + " " + record.getString("outcome", "")).strip(),
                                        event -> new HashSet<>())
                                .add(record.getString("arguments")));
            }
        }
    }
}
