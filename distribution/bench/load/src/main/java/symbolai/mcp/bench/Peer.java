package symbolai.mcp.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One server of the field, running.
 *
 * @param name what the table calls it
 * @param process the process, which the peer ends
 * @param client a client that has shaken hands
 * @param start the time from the launch to the first good answer to tools/list
 */
record Peer(String name, ServerProcess process, int port, Client client, Duration start) implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** How a server is started: its command for a port, and where and with which headers it is asked. */
    record Recipe(String name, Command command, String path, Map<String, String> headers) {

        /** Starts the server and waits for its first good answer to tools/list. */
        Peer start(Path folder) throws IOException, InterruptedException {
            int port = ServerProcess.freePort();
            var began = System.nanoTime();
            var process = ServerProcess.start(command.on(port), folder.resolve(name + ".log"));
            try {
                while (true) {
                    var client = tried(process, port, began);
                    if (client.isPresent()) {
                        var took = Duration.ofNanos(System.nanoTime() - began);
                        return new Peer(name, process, port, client.get(), took);
                    }
                    Thread.sleep(2);
                }
            } catch (IOException | InterruptedException e) {
                process.close();
                throw e;
            }
        }

        private Optional<Client> tried(ServerProcess process, int port, long began) throws IOException {
            process.requireAlive();
            try {
                var client = Client.initialized(port, path, headers);
                client.list();
                return Optional.of(client);
            } catch (IOException e) {
                if (System.nanoTime() - began > PATIENCE.toNanos()) {
                    throw e;
                }
                return Optional.empty();
            }
        }
    }

    /** The command line of a server that is to listen on a port. */
    @FunctionalInterface
    interface Command {

        List<String> on(int port);
    }

    @Override
    public void close() {
        process.close();
    }
}
