package symbolai.mcp.server.identity;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Role;
import symbolai.mcp.server.HandClock;
import symbolai.mcp.server.audit.AuditLog;
import symbolai.mcp.server.audit.RefusalRecords;
import symbolai.mcp.server.config.AuditConfig;
import symbolai.mcp.server.config.AuditConfig.Durability;
import symbolai.mcp.server.config.IdentityConfig;
import symbolai.mcp.server.config.ServerConfig.Auth;
import symbolai.mcp.server.store.Database;
import symbolai.mcp.server.store.KeyStore;
import symbolai.mcp.server.store.SetupLinkStore;
import symbolai.mcp.server.store.SignInStore;
import symbolai.mcp.server.store.UserStore;

/** The room with a database of its own and a clock that stands still. */
final class Identity implements AutoCloseable {

    static final Caller BY = Caller.local("boss", "the boss", Role.ADMIN);

    final Vertx vertx = Vertx.vertx();
    final HandClock clock = new HandClock();
    final Database database;
    final Revocations revocations = new Revocations(clock);
    final KeyRing keyRing;
    final LastUse lastUse;
    final AuditLog audit;
    final RefusalRecords refusals;
    final EndedSignIns ended;
    final Users users;
    final ApiKeys keys;
    final Authenticator authenticator;
    final SignIns signIns;
    final SetupLinks links;
    final PasswordGate gate;
    private final Passwords passwords = new Passwords(vertx, new Argon2id(64, 1));

    Identity(Path folder) {
        database = new Database(vertx, folder.resolve("identity.db"));
        done(database.start());
        var userStore = new UserStore(database);
        var keyStore = new KeyStore(database);
        keyRing = new KeyRing(userStore, keyStore, revocations);
        done(keyRing.refresh());
        lastUse = new LastUse(vertx, keyStore);
        audit = new AuditLog(vertx, folder.resolve("audit"), new AuditConfig(Durability.DURABLE));
        done(audit.start());
        refusals = new RefusalRecords(vertx, audit, clock);
        var changes = new Changes(audit, clock);
        var signInLog = new SignInLog(audit, refusals, clock);
        ended = new EndedSignIns(signInLog, revocations);
        users = new Users(userStore, passwords, keyRing, ended, changes, clock);
        keys = new ApiKeys(users, keyStore, keyRing, lastUse, changes, clock);
        gate = new PasswordGate(userStore, passwords, clock);
        signIns = new SignIns(
                new SignInStore(database), users, gate, passwords, signInLog, ended, IdentityConfig.DEFAULT, clock);
        links = new SetupLinks(
                new SetupLinkStore(database),
                users,
                signIns,
                new SetupTokenFile(vertx, folder),
                changes,
                IdentityConfig.DEFAULT,
                clock);
        authenticator = new Authenticator(Auth.KEYS, Identity::noTokens, keyRing, lastUse, clock);
    }

    @Override
    public void close() {
        done(audit.close());
        done(lastUse.close());
        done(database.close());
        done(passwords.close());
        done(vertx.close());
    }

    static Future<Authentication> noTokens(String token, String origin, String address) {
        return Future.succeededFuture(new Authentication.Refused("the access token is unknown"));
    }

    static <T> T done(Future<T> future) {
        try {
            return future.await(10, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
