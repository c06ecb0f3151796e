package symbolai.mcp.server.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.server.config.InvalidConfiguration;
import symbolai.mcp.server.crypto.WrongMasterKey;
import symbolai.mcp.server.ops.Version;
import symbolai.mcp.server.store.DataFolder.FolderInUse;

/** The program {@code symbolai-mcp}: reads its arguments and does what they say. */
public final class CommandLineTool {

    private static final Logger LOG = LoggerFactory.getLogger(CommandLineTool.class);

    private final Context context;

    /** For this process. */
    public CommandLineTool(ServerFactory factory) {
        this(factory, Streams.standard());
    }

    /** For any place to read from and write to. */
    public CommandLineTool(ServerFactory factory, Streams streams) {
        this.context = new Context(factory, streams);
    }

    /** Does what the arguments say; gives the code with which the program ends. */
    public int run(String... arguments) {
        var code = commands(arguments).execute(arguments);
        context.streams().out().flush();
        return code;
    }

    /** Only the command that is meant, when it is the first argument: describing all takes longer than most take to run. */
    private CommandLine commands(String... arguments) {
        var root = new CommandLine(new Root());
        var all = all();
        var meant = arguments.length > 0 ? arguments[0] : "";
        all.forEach((name, command) -> {
            if (name.equals(meant) || !all.containsKey(meant)) {
                root.addSubcommand(name, command.get());
            }
        });
        version(root);
        return root.setOut(writer(context.streams().out()))
                .setErr(writer(context.streams().err()))
                .setExpandAtFiles(false)
                .setUsageHelpAutoWidth(true)
                .setExecutionExceptionHandler(this::failed);
    }

    /** The commands by their names, in the order in which they are listed. */
    private Map<String, Supplier<Object>> all() {
        var all = new LinkedHashMap<String, Supplier<Object>>();
        all.put("start", () -> new StartCommand(context));
        all.put("stdio", () -> new StdioCommand(context));
        all.put("user", () -> new UserCommand(context));
        all.put("key", () -> new KeyCommand(context));
        all.put("approval", () -> new ApprovalCommand(context));
        all.put("vault", () -> new VaultCommand(context));
        all.put("policy", () -> new PolicyCommand(context));
        all.put("audit", () -> new AuditCommand(context));
        all.put("report", () -> new ReportCommand(context));
        all.put("plugin", () -> new PluginCommand(context));
        all.put("tool", this::tool);
        all.put("connect", () -> new ConnectCommand(context));
        all.put("openapi", () -> new OpenApiCommand(context));
        all.put("doctor", () -> new DoctorCommand(context));
        all.put("config", () -> new ConfigCommand(context));
        all.put("tls", () -> new TlsCommand(context));
        all.put("client", () -> new ClientCommand(context));
        return all;
    }

    private CommandLine tool() {
        var call = new CommandLine(new CallCommand(context));
        call.getCommandSpec().addOption(longHelp());
        return new CommandLine(new ToolCommand(context)).addSubcommand(call);
    }

    /** The short options belong to the arguments of the tool. */
    private static OptionSpec longHelp() {
        return OptionSpec.builder("--help")
                .usageHelp(true)
                .description("Shows this.")
                .build();
    }

    private static void version(CommandLine command) {
        command.getCommandSpec().version("symbolai-mcp " + Version.current());
        command.getSubcommands().values().forEach(CommandLineTool::version);
    }

    private int failed(Exception failure, CommandLine command, ParseResult result) {
        if (failure instanceof CommandFailed known) {
            return complain(known.code(), String.valueOf(known.getMessage()));
        }
        if (failure instanceof InvalidConfiguration invalid) {
            invalid.problems().forEach(context::complain);
            return CommandFailed.CONFIGURATION;
        }
        if (failure instanceof WrongMasterKey wrong) {
            return complain(CommandFailed.CONFIGURATION, String.valueOf(wrong.getMessage()));
        }
        if (failure instanceof FolderInUse
                || failure instanceof ToolException
                || failure instanceof IllegalStateException
                || failure instanceof UncheckedIOException) {
            return complain(CommandFailed.FAILED, String.valueOf(failure.getMessage()));
        }
        LOG.atError().setCause(failure).log("command failed");
        return CommandFailed.FAILED;
    }

    private int complain(int code, String message) {
        if (!message.isEmpty()) {
            context.complain(message);
        }
        return code;
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    /** The program without a command. */
    @Command(
            mixinStandardHelpOptions = true,
            name = "symbolai-mcp",
            description = "A self-hosted MCP server whose tool families are plugins that come and go while it runs.",
            footer = {
                "",
                "Ends with 0 when all went well, 1 when it did not, 2 when the arguments and 78 when the configuration is wrong."
            })
    private static final class Root {}
}
