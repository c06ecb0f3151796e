package symbolai.mcp.testkit.oidc;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Role;
import symbolai.mcp.server.audit.AuditLog;
import symbolai.mcp.server.audit.RefusalRecords;
import symbolai.mcp.server.config.AuditConfig;
import symbolai.mcp.server.config.IdentityConfig;
import symbolai.mcp.server.config.ProviderConfig;
import symbolai.mcp.server.crypto.MasterKey;
import symbolai.mcp.server.identity.Changes;
import symbolai.mcp.server.identity.EndedSignIns;
import symbolai.mcp.server.identity.KeyRing;
import symbolai.mcp.server.identity.PasswordGate;
import symbolai.mcp.server.identity.Passwords;
import symbolai.mcp.server.identity.Revocations;
import symbolai.mcp.server.identity.SignInLog;
import symbolai.mcp.server.identity.SignIns;
import symbolai.mcp.server.identity.Users;
import symbolai.mcp.server.identity.oidc.Arrival;
import symbolai.mcp.server.identity.oidc.Departure;
import symbolai.mcp.server.identity.oidc.OpenIdProvider;
import symbolai.mcp.server.identity.oidc.ProviderUsers;
import symbolai.mcp.server.store.Database;
import symbolai.mcp.server.store.KeyStore;
import symbolai.mcp.server.store.ProviderUserStore;
import symbolai.mcp.server.store.SignInStore;
import symbolai.mcp.server.store.UsedStateStore;
import symbolai.mcp.server.store.UserStore;
import symbolai.mcp.testkit.FakeProvider;

/** The room, with a provider and a database of its own and a clock that can be put forward. */
final class ProviderHouse implements AutoCloseable {

    static final URI BACK = URI.create("http://localhost:8420/sign-in/provider/callback");
    static final Caller ADMIN = Caller.local("local", "local", Role.ADMIN);

    final FakeProvider provider = FakeProvider.start();
    final LaterClock clock = new LaterClock();
    final Users users;
    final SignIns signIns;
    private final Vertx vertx = Vertx.vertx();
    private final Database database;
    private final AuditLog audit;
    private final Passwords passwords = new Passwords(vertx);
    private final Changes changes;
    private OpenIdProvider door;

    ProviderHouse(Path folder) {
        database = new Database(vertx, folder.resolve("provider.db"));
        done(database.start());
        audit = new AuditLog(vertx, folder.resolve("audit"), new AuditConfig(AuditConfig.Durability.QUEUED));
        done(audit.start());
        changes = new Changes(audit, clock);
        var revocations = new Revocations(clock);
        var signInLog = new SignInLog(audit, new RefusalRecords(vertx, audit, clock), clock);
        var ended = new EndedSignIns(signInLog, revocations);
        users = new Users(
                new UserStore(database),
                passwords,
                new KeyRing(new UserStore(database), new KeyStore(database), revocations),
                ended,
                changes,
                clock);
        signIns = new SignIns(
                new SignInStore(database),
                users,
                new PasswordGate(new UserStore(database), passwords, clock),
                passwords,
                signInLog,
                ended,
                IdentityConfig.DEFAULT,
                clock);
        door = door(provider.config());
    }

    /** As it is after a restart with another configuration. */
    void configure(ProviderConfig config) {
        done(door.close());
        door = door(config);
    }

    OpenIdProvider door() {
        return door;
    }

    Departure depart() {
        return done(door.depart(BACK, "/next", false));
    }

    Arrival signIn() {
        return done(attempt());
    }

    /** One whole sign-in. */
    Future<Arrival> attempt() {
        return attempt(Map.of());
    }

    /** One whole sign-in, where the browser brings back something else. */
    Future<Arrival> attempt(Map<String, List<String>> instead) {
        var departure = depart();
        return door.arrive(answer(departure, instead), Optional.of(departure.journey()), "192.0.2.1");
    }

    /** What the provider gives to the browser; an empty list leaves a parameter out. */
    Map<String, List<String>> answer(Departure departure, Map<String, List<String>> instead) {
        var answer = new HashMap<String, List<String>>();
        provider.visit(departure.provider()).forEach((name, value) -> answer.put(name, List.of(value)));
        answer.putAll(instead);
        answer.values().removeIf(List::isEmpty);
        return answer;
    }

    @Override
    public void close() {
        done(door.close());
        done(audit.close());
        done(passwords.close());
        done(database.close());
        done(vertx.close());
        provider.close();
    }

    private OpenIdProvider door(ProviderConfig config) {
        var linked = new ProviderUsers(config, new ProviderUserStore(database), users, signIns, changes, clock);
        return new OpenIdProvider(
                vertx, config, linked, MasterKey.of(new byte[MasterKey.LENGTH]), new UsedStateStore(database), clock);
    }

    static <T> T done(Future<T> future) {
        return future.timeout(30, TimeUnit.SECONDS).await();
    }

    /** The time, and as much later as it was put forward. */
    static final class LaterClock extends Clock {

        private volatile Duration later = Duration.ZERO;

        void advance(Duration duration) {
            later = later.plus(duration);
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(later);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
