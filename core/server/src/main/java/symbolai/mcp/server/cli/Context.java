package symbolai.mcp.server.cli;

import java.util.List;
import java.util.function.Consumer;

/**
 * What every command works with.
 *
 * @param factory starts the server
 */
record Context(ServerFactory factory, Streams streams) {

    /** Does the work with the server of the data folder. */
    void withServer(CommonOptions options, Consumer<ControlClient> work) {
        new Access(factory).use(options.read(List.of()).server(), work);
    }

    void print(String line) {
        streams.out().println(line);
    }

    void complain(String line) {
        streams.err().println(line);
    }
}
