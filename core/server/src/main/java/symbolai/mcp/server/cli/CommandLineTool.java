package symbolai.mcp.server.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
        var code = commands().execute(arguments);
        context.streams().out().flush();
        return code;
    }

    private CommandLine commands() {
        var call = new CommandLine(new CallCommand(context));
        call.getCommandSpec().addOption(longHelp());
        var tool = new CommandLine(new ToolCommand(context));
        var root = new CommandLine(new Root());
        tool.addSubcommand(call);
        root.addSubcommand(new StartCommand(context));
        root.addSubcommand(new StdioCommand(context));
        root.addSubcommand(new UserCommand(context));
        root.addSubcommand(new KeyCommand(context));
        root.addSubcommand(new ApprovalCommand(context));
        root.addSubcommand(new VaultCommand(context));
        root.addSubcommand(new PolicyCommand(context));
        root.addSubcommand(new AuditCommand(context));
        root.addSubcommand(new ReportCommand(context));
        root.addSubcommand(new PluginCommand(context));
        root.addSubcommand(tool);
        root.addSubcommand(new ConnectCommand(context));
        root.addSubcommand(new OpenApiCommand(context));
        root.addSubcommand(new DoctorCommand(context));
        root.addSubcommand(new ConfigCommand(context));
        root.addSubcommand(new TlsCommand(context));
        root.addSubcommand(new ClientCommand(context));
        version(root);
        return root.setOut(writer(context.streams().out()))
                .setErr(writer(context.streams().err()))
                .setExpandAtFiles(false)
                .setUsageHelpAutoWidth(true)
                .setExecutionExceptionHandler(this::failed);
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
