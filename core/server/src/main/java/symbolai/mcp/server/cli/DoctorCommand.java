package symbolai.mcp.server.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Looks for what keeps a server from working. */
@Command(
        mixinStandardHelpOptions = true,
        name = "doctor",
        description = "Looks for what keeps the server from working; ends with 1 when something does.")
final class DoctorCommand implements Runnable {

    private final Context context;

    @Mixin
    private CommonOptions options = new CommonOptions();

    DoctorCommand(Context context) {
        this.context = context;
    }

    @Override
    public void run() {
        var config = options.read(List.of()).server();
        var findings = new Examination(config).findings();
        findings.forEach(finding -> context.print((finding.good() ? "ok    " : "FAIL  ") + finding.text()));
        if (!findings.stream().allMatch(Examination.Finding::good)) {
            throw new CommandFailed(CommandFailed.FAILED, "");
        }
    }
}
