package symbolai.mcp.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import symbolai.mcp.server.config.AuditConfig;
import symbolai.mcp.server.config.AuditConfig.Durability;
import symbolai.mcp.server.crypto.MasterKey;

/** kill -9 under load: what was acknowledged is in the log, and the chain is whole. */
class KilledAuditTest {

    private static final int KILLS = Boolean.getBoolean("long") ? 200 : 25;

    @TempDir
    Path folder;

    @Test
    void whatWasAcknowledgedSurvivesKills() throws Exception {
        var random = new Random();
        var acknowledged = new HashSet<String>();
        long began = 0;

        for (int round = 0; round < KILLS; round++) {
            long start = System.nanoTime();
            var process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-Xmx128m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            WritingProcess.class.getName(),
                            folder.toString(),
                            "r" + round)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (var said = process.inputReader(StandardCharsets.UTF_8)) {
                assertThat(said.readLine()).isEqualTo("open");
                began += System.nanoTime() - start;
                for (int left = 50 + random.nextInt(500); left > 0; left--) {
                    acknowledged.add(said.readLine());
                }
                process.toHandle().destroyForcibly(); // Leaves open what it has said.
                said.lines().filter(line -> line.endsWith(".")).forEach(acknowledged::add);
                process.waitFor(20, TimeUnit.SECONDS);
            }
        }

        assertThat(acknowledged).hasSizeGreaterThan(KILLS * 50).doesNotContainNull();
        assertThat(written()).containsAll(acknowledged);
        var verification = new Verifier(folder, Optional.empty(), Optional.empty()).verify();
        assertThat(verification.damages()).isEmpty();
        System.out.printf(
                "%d kills, %d acknowledged records, log open after %d ms on average%n",
                KILLS, acknowledged.size(), TimeUnit.NANOSECONDS.toMillis(began / KILLS));
    }

    private Set<String> written() throws Exception {
        var written = new HashSet<String>();
        for (var segment : Segment.in(folder)) {
            try (var reader = new SegmentReader(segment.file())) {
                for (var line = reader.next(); line.isPresent(); line = reader.next()) {
                    ChainLine.parse(line.get().text())
                            .ifPresent(record -> written.add(record.json().getString("mark")));
                }
            }
        }
        return written;
    }

    /** Writes records from several sides, and says each that was acknowledged. */
    static final class WritingProcess {

        private WritingProcess() {}

        public static void main(String... arguments) {
            var vertx = Vertx.vertx();
            var folder = Path.of(arguments[0]);
            var config = new AuditConfig(Durability.DURABLE);
            var signer = MasterKey.of(new byte[MasterKey.LENGTH]).publicSigner("checkpoint");
            var checkpoints =
                    new Checkpoints(folder, Optional.empty(), signer, Clock.systemUTC(), Checkpoints.Pace.USUAL);
            var log = new AuditLog(vertx, folder, config, 1 << 16, Optional.of(checkpoints), Optional.empty());
            log.start().onSuccess(open -> {
                System.out.println("open");
                for (int writer = 0; writer < 8; writer++) {
                    write(log, arguments[1] + "-" + writer, 0);
                }
            });
        }

        private static void write(AuditLog log, String name, int number) {
            var mark = name + "-" + number + ".";
            log.append(new AuditRecord(Instant.now(), "test", new JsonObject().put("mark", mark)))
                    .onSuccess(written -> {
                        System.out.println(mark);
                        System.out.flush();
                        write(log, name, number + 1);
                    });
        }
    }
}
