package symbolai.mcp.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures calls, lists and latencies of every server in turns, and prints one table. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures the server beside a raw one and the field, and prints a table.")
public final class Bench implements Callable<Integer> {

    @Option(names = "--home", required = true, description = "The folder distribution/bench of the sources.")
    private Path home = Path.of("");

    @Option(names = "--java", description = "The JDK that runs the servers; by default the one that runs the bench.")
    private Path java = Path.of(System.getProperty("java.home"));

    @Option(
            names = "--rounds",
            defaultValue = "5",
            description = "How often everything is measured (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--seconds", defaultValue = "3", description = "How long one measurement takes (${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--warm-up",
            defaultValue = "10",
            description = "Seconds of load before the first round (${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
            names = "--connections",
            split = ",",
            defaultValue = "1,32,256",
            description = "Connections at once (${DEFAULT-VALUE}).")
    private List<Integer> connections = List.of();

    @Option(names = "--rate", defaultValue = "500", description = "Calls a second of the open loop (${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--server-cpu",
            description = "The processor that the servers are kept on, one at a time under load.")
    private Optional<String> serverCpu = Optional.empty();

    /** Takes the options of {@code --help}. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var folder = Files.createTempDirectory("symbolai-mcp-bench");
        var prefix = serverCpu.map(cpu -> List.of("taskset", "-c", cpu)).orElseGet(List::of);
        var field = new Field(home.toAbsolutePath(), java, folder, prefix);
        var peers = new ArrayList<Peer>();
        try {
            peers.add(field.ours("queued").start(folder));
            peers.add(field.ours("durable").start(folder));
            peers.add(field.raw(peers.get(0).client().tools()).start(folder));
            peers.add(field.quarkus().start(folder));
            peers.add(field.sdk().start(folder));
            measure(peers);
        } finally {
            peers.forEach(Peer::close);
        }
        return 0;
    }

    private void measure(List<Peer> peers) throws IOException {
        var table = new Table("raw Vert.x");
        for (var peer : peers) {
            table.add("start to first tools/list, ms", peer.name(), (double)
                    peer.start().toMillis());
            table.add("memory idle, MiB", peer.name(), peer.process().residentKib() / 1024.0);
        }
        for (var peer : peers) {
            Load.closed(peer.port(), peer.client().call(), 32, Duration.ofSeconds(warmUp));
            Load.closed(peer.port(), peer.client().list(), 32, Duration.ofSeconds(warmUp));
        }
        for (int round = 0; round < rounds; round++) {
            var turn = new ArrayList<>(peers);
            Collections.rotate(turn, round);
            for (var peer : turn) {
                measure(peer, table);
            }
        }
        for (var peer : peers) {
            table.add("memory after load, MiB", peer.name(), peer.process().residentKib() / 1024.0);
        }
        System.out.println(table.text());
    }

    private void measure(Peer peer, Table table) throws IOException {
        Map<String, Exchange> exchanges = new LinkedHashMap<>();
        exchanges.put("tools/call", peer.client().call());
        exchanges.put("tools/list", peer.client().list());
        for (var exchange : exchanges.entrySet()) {
            for (int count : connections) {
                var before = peer.process().processorMicros();
                var done = Load.closed(peer.port(), exchange.getValue(), count, Duration.ofSeconds(seconds));
                var micros = (double) (peer.process().processorMicros() - before) / done.answers();
                var what = exchange.getKey() + ", " + count + " connections";
                table.add(what + ", a second", peer.name(), done.perSecond());
                table.add(what + ", CPU µs", peer.name(), micros);
            }
        }
        var latency = Load.open(peer.port(), exchanges.get("tools/call"), 64, rate, Duration.ofSeconds(2L * seconds));
        for (var share : List.of(0.5, 0.99)) {
            var what = String.format(Locale.ROOT, "tools/call at %d a second, p%.0f µs", rate, share * 100);
            table.add(what, peer.name(), latency.latency(share) / 1000.0);
        }
    }
}
