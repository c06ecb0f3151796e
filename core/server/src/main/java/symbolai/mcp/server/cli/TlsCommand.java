package symbolai.mcp.server.cli;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import symbolai.mcp.server.config.ServerConfig;
import symbolai.mcp.server.crypto.AuthorityFolder;

/** Certificates for servers that no public authority certifies. */
@Command(mixinStandardHelpOptions = true, name = "tls", description = "Makes certificates for TLS without a proxy.")
final class TlsCommand {

    private static final Pattern HOST =
            Pattern.compile("[0-9A-Za-z]([0-9A-Za-z.-]{0,251}[0-9A-Za-z])?|[0-9a-fA-F:.]{2,45}");
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N} .,'()&_-]{1,64}");
    private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "::");

    private final Context context;

    TlsCommand(Context context) {
        this.context = context;
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "create-ca",
            description = {
                "Makes a certificate authority of your own, and a certificate for this server that is good for 397 days.",
                "Clients must be told to trust the authority, and then trust whatever its key signs: keep ca.key to yourself."
            })
    void create(
            @Option(
                            names = "--name",
                            paramLabel = "NAME",
                            defaultValue = "SymbolAI MCP local authority",
                            description = "What the authority is called; ${DEFAULT-VALUE} by default.")
                    String name,
            @Option(
                            names = "--host",
                            paramLabel = "HOST,…",
                            description = "What clients call the server: names and IP addresses.")
                    Optional<String> hosts,
            @Option(
                            names = "--out",
                            paramLabel = "DIR",
                            description = "Where the files go; tls in the data folder by default.")
                    Optional<Path> out,
            @Mixin CommonOptions options) {
        var config = options.read(List.of()).server();
        if (!NAME.matcher(name).matches()) {
            throw new CommandFailed(
                    CommandFailed.USAGE, "The name takes 1 to 64 letters, digits, spaces and . , ' ( ) & _ -");
        }
        var names = checked(hosts.map(TlsCommand::split).orElseGet(() -> usual(config)));
        var folder = folder(out, config);
        folder.create(name, names, Instant.now());
        explain(folder, names);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description =
                    "Makes a new certificate for the server by the same authority; a server that runs takes it within seconds.")
    void renew(
            @Option(
                            names = "--host",
                            paramLabel = "HOST,…",
                            description = "What clients call the server; as before by default.")
                    Optional<String> hosts,
            @Option(
                            names = "--out",
                            paramLabel = "DIR",
                            description = "Where the files are; tls in the data folder by default.")
                    Optional<Path> out,
            @Mixin CommonOptions options) {
        var folder = folder(out, options.read(List.of()).server());
        folder.renew(checked(hosts.map(TlsCommand::split).orElseGet(List::of)), Instant.now());
        context.print("Renewed " + folder.certificate() + ".");
    }

    private void explain(AuthorityFolder folder, List<String> hosts) {
        context.print("Made an authority, and a certificate for " + String.join(", ", hosts) + ".");
        context.print("");
        context.print("The server, in its configuration:");
        context.print("");
        context.print("  tls:");
        context.print("    certificate: " + folder.certificate());
        context.print("    key: " + folder.key());
        context.print("");
        context.print("Clients that run on Node, such as mcp-remote, Claude Code and Cursor, trust it with");
        context.print("");
        context.print("  NODE_EXTRA_CA_CERTS=" + folder.authority());
        context.print("");
        context.print("in their environment. Other machines need a copy of that file, and of no other.");
        context.print("`symbolai-mcp tls renew` makes a new certificate before 397 days are over; doctor tells when.");
    }

    private static AuthorityFolder folder(Optional<Path> out, ServerConfig config) {
        return new AuthorityFolder(out.orElseGet(() -> config.dataFolder().resolve("tls"))
                .toAbsolutePath()
                .normalize());
    }

    private static List<String> split(String hosts) {
        return Arrays.stream(hosts.split(",")).map(String::strip).toList();
    }

    private static List<String> checked(List<String> hosts) {
        hosts.stream().filter(host -> !HOST.matcher(host).matches()).findFirst().ifPresent(wrong -> {
            throw new CommandFailed(
                    CommandFailed.USAGE,
                    "--host: '" + wrong.replaceAll("[^!-~]", "?") + "' is not a name or an IP address.");
        });
        return hosts;
    }

    /** This machine, and what the configuration says. */
    private static List<String> usual(ServerConfig config) {
        var names = new LinkedHashSet<String>();
        config.http().publicUrl().map(URI::getHost).ifPresent(names::add);
        Optional.of(config.http().host())
                .filter(host -> !EVERYWHERE.contains(host))
                .ifPresent(names::add);
        names.addAll(List.of("localhost", "127.0.0.1", "::1"));
        machine().filter(HOST.asMatchPredicate()).ifPresent(names::add);
        return List.copyOf(names);
    }

    private static Optional<String> machine() {
        try {
            return Optional.of(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException nameless) {
            return Optional.empty();
        }
    }
}
