package symbolai.mcp.bench;

import java.io.IOException;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes load on one thread, the caller's, and looks at every answer; one that is not the expected one ends the run. */
final class Load {

    private Load() {}

    /** What came of it: answers, how long it took, and the latencies in order, where they were kept. */
    record Outcome(long answers, Duration took, List<Long> latencies) {

        Outcome {
            latencies = List.copyOf(latencies);
        }

        double perSecond() {
            return answers * 1e9 / took.toNanos();
        }

        /** The latency in nanoseconds that the share of the answers kept below. */
        long latency(double share) {
            return latencies.get((int) Math.min(latencies.size() - 1L, (long) (latencies.size() * share)));
        }
    }

    /** Closed loop: every connection sends its next request when it has its answer. */
    static Outcome closed(int port, Exchange exchange, int connections, Duration duration) throws IOException {
        try (var selector = Selector.open();
                var lines = new Lines(port, exchange, connections, selector)) {
            var began = System.nanoTime();
            for (var line : lines.all()) {
                line.send(began);
            }
            var end = began + duration.toNanos();
            long answers = 0;
            int open = connections;
            while (open > 0) {
                selector.select();
                var now = System.nanoTime();
                for (var key : selector.selectedKeys()) {
                    var line = (Line) key.attachment();
                    if (!line.isAnswered()) {
                        continue;
                    }
                    answers++;
                    if (now < end) {
                        line.send(now);
                    } else {
                        open--;
                    }
                }
                selector.selectedKeys().clear();
            }
            return new Outcome(answers, Duration.ofNanos(System.nanoTime() - began), List.of());
        }
    }

    /**
     * Open loop: requests are due at random times of a fixed mean rate, whatever became of the ones before, and a latency counts from the time a
     * request was due. Keeps a processor busy, because a sleep would be longer than what is measured.
     */
    static Outcome open(int port, Exchange exchange, int connections, int rate, Duration duration) throws IOException {
        try (var selector = Selector.open();
                var lines = new Lines(port, exchange, connections, selector)) {
            var random = new Random(rate);
            var free = new ArrayDeque<>(lines.all());
            var latencies = new ArrayList<Long>();
            var began = System.nanoTime();
            var end = began + duration.toNanos();
            var due = began;
            while (due < end || free.size() < connections) {
                var now = System.nanoTime();
                while (due <= now && due < end && !free.isEmpty()) {
                    free.remove().send(due);
                    due += (long) (-Math.log(1 - random.nextDouble()) * 1e9 / rate);
                }
                selector.selectNow();
                for (var key : selector.selectedKeys()) {
                    var line = (Line) key.attachment();
                    if (line.isAnswered()) {
                        latencies.add(System.nanoTime() - line.due());
                        free.add(line);
                    }
                }
                selector.selectedKeys().clear();
            }
            return new Outcome(
                    latencies.size(),
                    Duration.ofNanos(System.nanoTime() - began),
                    latencies.stream().sorted().toList());
        }
    }

    private static final class Lines implements AutoCloseable {

        private final List<Line> lines = new ArrayList<>();

        Lines(int port, Exchange exchange, int count, Selector selector) throws IOException {
            for (int i = 0; i < count; i++) {
                lines.add(Line.open(port, exchange, selector));
            }
        }

        List<Line> all() {
            return lines;
        }

        @Override
        public void close() throws IOException {
            for (var line : lines) {
                line.close();
            }
        }
    }
}
