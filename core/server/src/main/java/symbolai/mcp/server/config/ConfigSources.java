package symbolai.mcp.server.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the configuration comes from.
 *
 * @param environment the environment variables
 * @param user the home folder of the user
 * @param distribution the folder of the unpacked distribution, when the server runs from one
 * @param file the file that was asked for; otherwise {@code conf/symbolai-mcp.yaml} of the distribution, if it is there
 * @param flags what the flags of the command say
 * @param sets the arguments of {@code --set}, each {@code key=value}
 */
public record ConfigSources(
        Map<String, String> environment,
        Path user,
        Optional<Path> distribution,
        Optional<Path> file,
        List<Flag> flags,
        List<String> sets) {

    /** A flag that stands for a key, such as {@code --port} for {@code server.port}. */
    public record Flag(String name, String key, String value) {}

    public ConfigSources {
        environment = Map.copyOf(environment);
        flags = List.copyOf(flags);
        sets = List.copyOf(sets);
    }
}
