package symbolai.mcp.server.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import symbolai.mcp.server.config.ConfigReader;
import symbolai.mcp.server.config.ConfigSources;
import symbolai.mcp.server.config.ConfigSources.Flag;
import symbolai.mcp.server.config.Configuration;

/** What every command can be told about the server it is for. */
final class CommonOptions {

    @Option(names = "--data", paramLabel = "DIR", description = "The data folder; ~/.symbolai-mcp by default.")
    Optional<String> data = Optional.empty();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration; conf/symbolai-mcp.yaml by default.")
    Optional<Path> file = Optional.empty();

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Sets one key of the configuration.")
    List<String> sets = new ArrayList<>();

    /** The configuration with the flags of the command. */
    Configuration read(List<Flag> flags) {
        var all = new ArrayList<>(flags);
        data.ifPresent(folder -> all.add(new Flag("--data", "data.folder", folder)));
        return new ConfigReader(new ConfigSources(
                        System.getenv(),
                        Path.of(System.getProperty("user.home")),
                        Optional.ofNullable(System.getProperty("symbolai.mcp.home"))
                                .map(Path::of),
                        file,
                        all,
                        sets))
                .read();
    }
}
