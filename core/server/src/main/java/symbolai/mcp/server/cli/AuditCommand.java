package symbolai.mcp.server.cli;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import symbolai.mcp.server.audit.Verifier;

/** The audit log. */
@Command(
        mixinStandardHelpOptions = true,
        name = "audit",
        description = "Searches, shows, checks and exports the audit log.")
final class AuditCommand {

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Context context;

    AuditCommand(Context context) {
        this.context = context;
    }

    @Command(mixinStandardHelpOptions = true, description = "Finds records, newest first. * stands for any text.")
    void search(
            @Option(names = "--from", paramLabel = "TIME", description = "A day or time in UTC.") Optional<String> from,
            @Option(names = "--to", paramLabel = "TIME", description = "A day or time in UTC.") Optional<String> to,
            @Option(names = "--event", paramLabel = "GLOB", description = "Such as call.* or key.created.")
                    Optional<String> event,
            @Option(names = "--caller", paramLabel = "ID", description = "The id of a user.") Optional<String> caller,
            @Option(names = "--client", paramLabel = "GLOB", description = "The program.") Optional<String> client,
            @Option(names = "--tool", paramLabel = "GLOB", description = "The tool.") Optional<String> tool,
            @Option(names = "--outcome", paramLabel = "GLOB", description = "Such as done or error.")
                    Optional<String> outcome,
            @Option(names = "--decision", paramLabel = "GLOB", description = "allowed or refused.")
                    Optional<String> decision,
            @Option(names = "--rule", paramLabel = "GLOB", description = "The rule that decided.")
                    Optional<String> rule,
            @Option(names = "--address", paramLabel = "GLOB", description = "From where.") Optional<String> address,
            @Option(names = "--account", paramLabel = "GLOB", description = "The id of the account.")
                    Optional<String> account,
            @Option(names = "--database", paramLabel = "GLOB", description = "The database that was touched.")
                    Optional<String> database,
            @Option(names = "--text", paramLabel = "TEXT", description = "What stands anywhere in it.")
                    Optional<String> text,
            @Option(names = "--limit", paramLabel = "N", description = "How many, at most 500.") Optional<String> limit,
            @Option(names = "--cursor", paramLabel = "SEQ", description = "Goes on behind this record.")
                    Optional<String> cursor,
            @Option(names = "--json", description = "Prints the records as JSON, one on each line.") boolean json,
            @Mixin CommonOptions options) {
        var given = new TreeMap<String, Optional<String>>();
        given.put("from", from);
        given.put("to", to);
        given.put("event", event);
        given.put("caller", caller);
        given.put("client", client);
        given.put("tool", tool);
        given.put("outcome", outcome);
        given.put("decision", decision);
        given.put("rule", rule);
        given.put("address", address);
        given.put("account", account);
        given.put("database", database);
        given.put("text", text);
        given.put("limit", limit);
        given.put("cursor", cursor);
        var body = new JsonObject().put("query", query(given));
        context.withServer(options, server -> found(server.post("/audit/search", body), json));
    }

    private void found(JsonObject answer, boolean json) {
        answer.getJsonArray("records").forEach(record -> print((JsonObject) record, json));
        if (answer.containsKey("cursor")) {
            context.complain("There may be more: --cursor " + answer.getString("cursor"));
        }
    }

    @Command(mixinStandardHelpOptions = true, description = "Shows one record, and what is sealed in it.")
    void show(
            @Parameters(paramLabel = "SEQ", description = "The number of the record.") long sequence,
            @Mixin CommonOptions options) {
        context.withServer(
                options,
                server -> context.print(server.get("/audit/records/" + sequence).encodePrettily()));
    }

    @Command(mixinStandardHelpOptions = true, description = "Shows the last records.")
    void tail(
            @Option(
                            names = {"-f", "--follow"},
                            description = "Goes on showing what comes, until it is interrupted.")
                    boolean follow,
            @Option(names = "--json", description = "Prints the records as JSON, one on each line.") boolean json,
            @Mixin CommonOptions options) {
        context.withServer(options, server -> {
            long last = after(server, 0, json);
            while (follow && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(PAUSE.toNanos());
                last = after(server, last, json);
            }
        });
    }

    private long after(ControlClient server, long sequence, boolean json) {
        long last = sequence;
        for (var record : server.get("/audit/after/" + sequence).getJsonArray("records")) {
            print((JsonObject) record, json);
            last = ((JsonObject) record).getLong("seq");
        }
        context.streams().out().flush();
        return last;
    }

    @Command(mixinStandardHelpOptions = true, description = "Writes the records of a period into a file.")
    void export(
            @Option(names = "--format", paramLabel = "FORMAT", description = "jsonl (default) or csv.")
                    Optional<String> format,
            @Option(names = "--from", paramLabel = "TIME", description = "A day or time in UTC.") Optional<String> from,
            @Option(names = "--to", paramLabel = "TIME", description = "A day or time in UTC.") Optional<String> to,
            @Option(names = "--output", required = true, paramLabel = "FILE", description = "The file.") Path output,
            @Mixin CommonOptions options) {
        var body =
                new JsonObject().put("query", query(new TreeMap<>(Map.of("format", format, "from", from, "to", to))));
        context.withServer(options, server -> server.post("/audit/export", body, output));
        context.complain("Wrote " + output + ".");
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Checks the log: ends with 0 when every record is as it was written, and with 1 when not.",
                "Needs nothing secret and no server. Copies of the checkpoints and of the public key that were kept elsewhere show what was"
                        + " changed together with those beside the log; for the log of the data folder those in audit.checkpointFolder are taken."
            })
    int verify(
            @Option(
                            names = "--folder",
                            paramLabel = "DIR",
                            description = "The log; audit in the data folder by default.")
                    Optional<Path> folder,
            @Option(names = "--checkpoints", paramLabel = "FILE", description = "A copy of checkpoints.jsonl to trust.")
                    Optional<Path> checkpoints,
            @Option(names = "--key", paramLabel = "FILE", description = "A copy of checkpoint-key.pub to trust.")
                    Optional<Path> key,
            @Option(names = "--json", description = "Prints what was found as JSON.") boolean json,
            @Mixin CommonOptions options) {
        try {
            var found = verifier(folder, checkpoints, key, options).verify();
            if (json) {
                context.print(found.json().encodePrettily());
            } else {
                new AuditFindings(context).print(found);
            }
            return found.intact() ? 0 : CommandFailed.FAILED;
        } catch (IOException failure) {
            throw new CommandFailed(CommandFailed.FAILED, "The audit log cannot be read: " + failure.getMessage());
        }
    }

    private static Verifier verifier(
            Optional<Path> folder, Optional<Path> checkpoints, Optional<Path> key, CommonOptions options) {
        if (folder.isPresent()) {
            return new Verifier(folder.get(), checkpoints, key);
        }
        var config = options.read(List.of());
        var log = config.server().dataFolder().resolve("audit");
        var second = config.server().audit().checkpointFolder();
        return new Verifier(
                log,
                checkpoints.or(() -> second.map(place -> place.resolve("checkpoints.jsonl"))),
                key.or(() ->
                        second.map(place -> place.resolve("checkpoint-key.pub")).filter(Files::exists)));
    }

    @Command(mixinStandardHelpOptions = true, description = "Makes the index anew, in which search looks.")
    void rebuild(@Mixin CommonOptions options) {
        context.withServer(options, server -> server.post("/audit/rebuild", new JsonObject()));
        context.complain("Made the index of the audit log anew.");
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Removes files of records that are all older; a signed tombstone stays for each.")
    void retain(
            @Option(names = "--days", required = true, paramLabel = "DAYS", description = "What is older may go.")
                    int days,
            @Mixin CommonOptions options) {
        if (days < 1) {
            throw new CommandFailed(CommandFailed.USAGE, "--days must be at least 1, and is " + days + ".");
        }
        context.withServer(
                options,
                server -> context.complain("Removed files: "
                        + server.post("/audit/retain", new JsonObject().put("days", days))
                                .getInteger("segments")
                        + "."));
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Makes what is sealed about a user unreadable for ever; the records and the chain stay.")
    void forget(
            @Option(
                            names = "--user",
                            required = true,
                            paramLabel = "ID",
                            description = "The id, as the records show it.")
                    String user,
            @Mixin CommonOptions options) {
        context.withServer(options, server -> server.delete("/audit/subjects/" + ControlClient.segment(user)));
        context.complain("What was sealed about " + Table.harmless(user) + " cannot be read any more.");
    }

    static JsonObject query(Map<String, Optional<String>> given) {
        var query = new JsonObject();
        given.forEach((name, value) -> value.ifPresent(text -> query.put(name, text)));
        return query;
    }

    private void print(JsonObject record, boolean json) {
        context.print(json ? record.encode() : AuditFindings.line(record));
    }
}
