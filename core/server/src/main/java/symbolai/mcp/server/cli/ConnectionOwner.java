package symbolai.mcp.server.cli;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whose connections a command is about. */
final class ConnectionOwner {

    @Option(names = "--user", paramLabel = "NAME", description = "For this user; the local user when left out.")
    private Optional<String> user = Optional.empty();

    @Mixin
    private CommonOptions options = new CommonOptions();

    CommonOptions options() {
        return options;
    }

    /** The beginning of a request. */
    JsonObject body() {
        var body = new JsonObject();
        user.ifPresent(name -> body.put("user", name));
        return body;
    }
}
