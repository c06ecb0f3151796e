package symbolai.mcp.server.cli;

import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The vault in which credentials are kept. */
@Command(mixinStandardHelpOptions = true, name = "vault", description = "Looks after the vault of stored credentials.")
final class VaultCommand {

    private final Context context;

    VaultCommand(Context context) {
        this.context = context;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Puts a new master key in place of the old one, and seals everything anew; calls go on meanwhile.",
                "Sessions that began before end. With a key file of your own, put the new key on its first line before."
            })
    void rotate(@Mixin CommonOptions options) {
        context.withServer(options, server -> tell(server.post("/vault/rotate", new JsonObject())));
    }

    private void tell(JsonObject done) {
        context.print("The master key was rotated; connections sealed anew: " + done.getInteger("resealed") + ".");
        if (done.getInteger("damaged") > 0) {
            context.complain("Connections that no key opens, and that stay as they are: " + done.getInteger("damaged")
                    + "; the server's log names them.");
        }
        if (!done.getString("next").isEmpty()) {
            context.print(done.getString("next"));
        }
    }
}
