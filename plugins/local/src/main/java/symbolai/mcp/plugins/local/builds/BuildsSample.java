package symbolai.mcp.plugins.local.builds;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import symbolai.mcp.api.SqliteStatement;

/** The builds that a new account has: one failed, one was cancelled, one said much. */
final class BuildsSample {

    static final String WORKER = "northwind-shop";

    private static final int BUILDS = 12;
    private static final int FAILED = 4;
    private static final int CANCELLED = 7;
    private static final int LONG = 9;
    private static final List<String> COMMITS =
            List.of("Answer faster", "Say which region it was", "Round prices", "Name the cart", "Tidy up");

    private final Instant now;
    private final String workerId;
    private final Random random = new Random(20_240_102);
    private final List<SqliteStatement> statements = new ArrayList<>();

    BuildsSample(Instant now, String workerId) {
        this.now = now;
        this.workerId = workerId;
    }

    Future<List<SqliteStatement>> statements() {
        for (var number = 1; number <= BUILDS; number++) {
            build(number, now.minus(Duration.ofHours(9L * (BUILDS - number) + 1)));
        }
        return Future.succeededFuture(List.copyOf(statements));
    }

    private void build(int number, Instant at) {
        var id = UUID.randomUUID().toString();
        var lines = lines(number);
        var stopped = at.plusSeconds(2).plusMillis(40L * lines.size() + random.nextInt(9000));
        statements.add(SqliteStatement.of(
                "INSERT INTO builds (id, worker, worker_id, status, outcome, created_at, started_at, stopped_at, branch,"
                        + " commit_hash, commit_message, commit_author, trigger, command)"
                        + " VALUES (?, ?, ?, 'stopped', ?, ?, ?, ?, ?, ?, ?, 'Ada Berg', 'push', 'npm run build')",
                id,
                WORKER,
                workerId,
                outcome(number),
                at.toEpochMilli(),
                at.plusSeconds(2).toEpochMilli(),
                stopped.toEpochMilli(),
                number == CANCELLED ? "try-something" : "main",
                "%016x%016x%08x".formatted(random.nextLong(), random.nextLong(), random.nextInt()),
                COMMITS.get(number % COMMITS.size())));
        statements.add(BuildStore.lines(id, at.plusSeconds(2), lines));
    }

    private static String outcome(int number) {
        return switch (number) {
            case FAILED -> "fail";
            case CANCELLED -> "cancelled";
            default -> "success";
        };
    }

    private static List<String> lines(int number) {
        var lines = new ArrayList<>(
                List.of("Cloning the repository", "Installing packages", "added 212 packages", "npm run build"));
        var modules = number == LONG ? 1500 : 12;
        for (var module = 1; module <= modules; module++) {
            lines.add("compiled src/module-%04d.js".formatted(module));
        }
        if (number == FAILED) {
            lines.add("src/prices.js:3:9: error: price is not defined");
        }
        lines.add(
                switch (number) {
                    case FAILED -> "The build ended with exit code 1.";
                    case CANCELLED -> "The build was cancelled.";
                    default -> "The build ended with exit code 0.";
                });
        return lines;
    }
}
