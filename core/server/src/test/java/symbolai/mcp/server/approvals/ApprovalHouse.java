package symbolai.mcp.server.approvals;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Credential;
import symbolai.mcp.api.Preview;
import symbolai.mcp.api.Role;
import symbolai.mcp.server.HandClock;
import symbolai.mcp.server.audit.AuditLog;
import symbolai.mcp.server.config.ApprovalsConfig;
import symbolai.mcp.server.config.AuditConfig;
import symbolai.mcp.server.crypto.MasterKey;
import symbolai.mcp.server.store.ApprovalStore;
import symbolai.mcp.server.store.Database;
import symbolai.mcp.server.store.UserRow;
import symbolai.mcp.server.store.UserStore;

/** The room with a database of its own and a clock that stands still. */
final class ApprovalHouse implements AutoCloseable {

    static final Caller AGENT = caller("ada", Role.ADMIN, Credential.key("k1", List.of(), true));
    static final Caller ADMIN = caller("bob", Role.ADMIN, Credential.signIn("s1"));
    static final Caller OTHER_ADMIN = caller("cleo", Role.ADMIN, Credential.signIn("s2"));
    static final Caller OPERATOR = caller("dan", Role.OPERATOR, Credential.signIn("s3"));

    final Vertx vertx = Vertx.vertx();
    final HandClock clock = new HandClock();
    private final Path folder;
    private final ApprovalsConfig config;
    private Database database;
    private AuditLog audit;
    Approvals approvals;
    UserStore users;

    ApprovalHouse(Path folder) {
        this(folder, ApprovalsConfig.DEFAULT);
    }

    ApprovalHouse(Path folder, ApprovalsConfig config) {
        this.folder = folder;
        this.config = config;
        open();
        List.of(AGENT, ADMIN, OTHER_ADMIN, OPERATOR).forEach(this::add);
    }

    private void open() {
        database = new Database(vertx, folder.resolve("approvals.db"));
        done(database.start());
        audit = new AuditLog(vertx, folder.resolve("audit"), new AuditConfig(AuditConfig.Durability.DURABLE));
        done(audit.start());
        users = new UserStore(database);
        approvals = new Approvals(
                vertx,
                new ApprovalStore(database),
                users,
                MasterKey.of(new byte[MasterKey.LENGTH]).sealer("approvals"),
                audit,
                config,
                clock);
        done(approvals.start());
    }

    /** Begins again on what is stored. */
    void restart() {
        shut();
        open();
    }

    /** The same room in another process. */
    Approvals beside() {
        return new Approvals(
                vertx,
                new ApprovalStore(database),
                users,
                MasterKey.of(new byte[MasterKey.LENGTH]).sealer("approvals"),
                audit,
                config,
                clock);
    }

    /** From now on nothing can be written down. */
    void loseAudit() {
        done(audit.close());
    }

    void add(Caller caller) {
        done(users.add(new UserRow(
                caller.id(), caller.name(), caller.name(), caller.role().text(), "", 0, 0)));
    }

    static Caller caller(String name, Role role, Credential credential) {
        return new Caller("id-" + name, name, role, credential, "203.0.113.7");
    }

    static Proposal proposal() {
        return proposal(AGENT, new JsonObject().put("databaseId", "shop").put("statements", new JsonArray()));
    }

    static Proposal proposal(Caller caller, JsonObject arguments) {
        return new Proposal(
                caller,
                "agent/1",
                "d1_execute",
                arguments,
                "c1",
                "the account shop",
                7,
                "agents",
                "why",
                Approvers.ADMINS);
    }

    static Supplier<Future<Approval.Details>> details(Proposal proposal) {
        var step = new Preview.Step("DELETE FROM t", List.of("SCAN t"), OptionalLong.of(3), "");
        return () -> Future.succeededFuture(new Approval.Details(
                proposal.arguments(), Optional.of(new Preview("the D1 database shop", "uuid", List.of(step))), ""));
    }

    Approval asked() {
        return asked(proposal());
    }

    Approval asked(Proposal proposal) {
        return done(approvals.request(proposal, details(proposal)));
    }

    Approval granted(Proposal proposal) {
        return done(approvals.decisions().grant(ADMIN, asked(proposal).id(), ""));
    }

    /** The audit log's events of this beginning, in order. */
    List<JsonObject> records(String beginning) {
        try (var files = Files.list(folder.resolve("audit"))) {
            return files.filter(file -> file.toString().endsWith(".jsonl"))
                    .sorted()
                    .flatMap(ApprovalHouse::lines)
                    .map(JsonObject::new)
                    .filter(record -> record.getString("event").startsWith(beginning))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static <T> T done(Future<T> future) {
        try {
            return future.await(10, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private void shut() {
        done(approvals.close());
        done(audit.close());
        done(database.close());
    }

    @Override
    public void close() {
        shut();
        done(vertx.close());
    }
}
