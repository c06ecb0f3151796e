package symbolai.mcp.server.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;
import symbolai.mcp.server.cli.ServerFactory.RunningServer;
import symbolai.mcp.server.config.ServerConfig;
import symbolai.mcp.server.http.control.ControlSocket;
import symbolai.mcp.server.store.DataFolder.FolderInUse;

/** Finds the server of a data folder, or becomes it for as long as a command takes. */
final class Access {

    private static final int TRIES = 100;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final ServerFactory factory;

    Access(ServerFactory factory) {
        this.factory = factory;
    }

    /** The socket of a server that runs, if one does. */
    static Optional<Path> find(ServerConfig config) {
        var place = new ControlSocket(config.dataFolder()).current();
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(place));
            return Optional.of(place);
        } catch (IOException | IllegalArgumentException nobodyThere) {
            return Optional.empty();
        }
    }

    /** Does the work with the server that runs; when none does, this process is the server meanwhile. */
    void use(ServerConfig config, Consumer<ControlClient> work) {
        for (var attempt = 1; attempt <= TRIES; attempt++) {
            var found = find(config);
            if (found.isPresent()) {
                talk(found.get(), work);
                return;
            }
            var own = becomeServer(config);
            if (own.isPresent()) {
                serve(own.get(), config, work);
                return;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        throw new CommandFailed(
                CommandFailed.FAILED,
                "Another process has the data folder " + config.dataFolder()
                        + ", and does not answer on its control socket.");
    }

    /** Empty when another process was faster: then that one will answer soon. */
    private Optional<RunningServer> becomeServer(ServerConfig config) {
        quiet();
        try {
            return Optional.of(Waiting.on(factory.start(config, false)));
        } catch (FolderInUse another) {
            return Optional.empty();
        }
    }

    /** Who asks for a list of users does not want to read which plugins were loaded for it. */
    private static void quiet() {
        if (LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
            root.setLevel(Level.WARN);
        }
    }

    private static void serve(RunningServer own, ServerConfig config, Consumer<ControlClient> work) {
        var shutdown = new Shutdown(own);
        shutdown.register();
        try {
            talk(new ControlSocket(config.dataFolder()).current(), work);
            Waiting.on(own.idle());
        } finally {
            shutdown.now();
        }
    }

    private static void talk(Path socket, Consumer<ControlClient> work) {
        try (var client = new ControlClient(socket)) {
            work.accept(client);
        }
    }
}
