package symbolai.mcp.server;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import symbolai.mcp.server.audit.AuditLog;
import symbolai.mcp.server.audit.RefusalRecords;
import symbolai.mcp.server.config.ServerConfig;
import symbolai.mcp.server.crypto.MasterKey;
import symbolai.mcp.server.http.page.AccountPage;
import symbolai.mcp.server.http.page.Browser;
import symbolai.mcp.server.http.page.PageFiles;
import symbolai.mcp.server.http.page.PageRoutes;
import symbolai.mcp.server.http.page.PasswordPages;
import symbolai.mcp.server.http.page.ProviderPages;
import symbolai.mcp.server.http.page.SetupPages;
import symbolai.mcp.server.http.page.SignInApi;
import symbolai.mcp.server.http.page.SignInPages;
import symbolai.mcp.server.identity.ApiKeys;
import symbolai.mcp.server.identity.Changes;
import symbolai.mcp.server.identity.CsrfTokens;
import symbolai.mcp.server.identity.EndedSignIns;
import symbolai.mcp.server.identity.ExpiryWatch;
import symbolai.mcp.server.identity.KeyRing;
import symbolai.mcp.server.identity.LastUse;
import symbolai.mcp.server.identity.PasswordGate;
import symbolai.mcp.server.identity.Passwords;
import symbolai.mcp.server.identity.Revocations;
import symbolai.mcp.server.identity.SetupLinks;
import symbolai.mcp.server.identity.SetupTokenFile;
import symbolai.mcp.server.identity.SignInLog;
import symbolai.mcp.server.identity.SignIns;
import symbolai.mcp.server.identity.Users;
import symbolai.mcp.server.identity.oidc.OpenIdProvider;
import symbolai.mcp.server.identity.oidc.ProviderUsers;
import symbolai.mcp.server.rest.KeyRoutes;
import symbolai.mcp.server.rest.OwnRoute;
import symbolai.mcp.server.rest.RestApi;
import symbolai.mcp.server.rest.SignInRoutes;
import symbolai.mcp.server.rest.SignInStatus;
import symbolai.mcp.server.rest.UserRoutes;
import symbolai.mcp.server.store.Database;
import symbolai.mcp.server.store.KeyStore;
import symbolai.mcp.server.store.ProviderUserStore;
import symbolai.mcp.server.store.SetupLinkStore;
import symbolai.mcp.server.store.SignInStore;
import symbolai.mcp.server.store.UsedStateStore;
import symbolai.mcp.server.store.UserStore;

/** Users, their keys and the browsers in which they have signed in, with the pages and routes for them. */
final class IdentityRooms {

    final UserStore userStore;
    final Revocations revocations;
    final KeyRing keyRing;
    final LastUse lastUse;
    final Users users;
    final ApiKeys apiKeys;
    final SignIns signIns;
    final SetupLinks setupLinks;
    final SignInStatus signInStatus;
    final Browser browser;
    final Optional<OpenIdProvider> provider;
    private final ServerConfig config;
    private final Passwords passwords;
    private final ExpiryWatch expiryWatch;
    private final CsrfTokens csrfTokens;
    private final Clock clock;

    IdentityRooms(
            Vertx vertx,
            ServerConfig config,
            Path dataFolder,
            Database database,
            MasterKey key,
            AuditLog audit,
            RefusalRecords refusals,
            Clock clock) {
        this.config = config;
        this.clock = clock;
        revocations = new Revocations(clock);
        userStore = new UserStore(database);
        var keyStore = new KeyStore(database);
        passwords = new Passwords(vertx);
        keyRing = new KeyRing(userStore, keyStore, revocations);
        expiryWatch = new ExpiryWatch(vertx, keyRing, clock);
        lastUse = new LastUse(vertx, keyStore);
        var changes = new Changes(audit, clock);
        var signInLog = new SignInLog(audit, refusals, clock);
        var ended = new EndedSignIns(signInLog, revocations);
        users = new Users(userStore, passwords, keyRing, ended, changes, clock);
        apiKeys = new ApiKeys(users, keyStore, keyRing, lastUse, changes, clock);
        signIns = new SignIns(
                new SignInStore(database),
                users,
                new PasswordGate(userStore, passwords, clock),
                passwords,
                signInLog,
                ended,
                config.identity(),
                clock);
        setupLinks = new SetupLinks(
                new SetupLinkStore(database),
                users,
                signIns,
                new SetupTokenFile(vertx, dataFolder),
                changes,
                config.identity(),
                clock);
        provider = config.identity().provider().map(known -> {
            var linked = new ProviderUsers(known, new ProviderUserStore(database), users, signIns, changes, clock);
            return new OpenIdProvider(vertx, known, linked, key, new UsedStateStore(database), clock);
        });
        csrfTokens = new CsrfTokens(key.signer("csrf"));
        signInStatus = new SignInStatus(signIns, csrfTokens, clock);
        browser = new Browser(signIns, config.auth(), config.http(), csrfTokens, key.signer("sign-in-form"), clock);
    }

    /** What REST offers about them. */
    List<OwnRoute> ownRoutes() {
        return Stream.of(
                        new SignInRoutes(signIns).routes(),
                        new UserRoutes(users).routes(),
                        new KeyRoutes(apiKeys).routes())
                .flatMap(List::stream)
                .toList();
    }

    /** The pages on which users become known, and what they load. */
    List<PageRoutes> pages(RestApi rest) {
        var pages = new ArrayList<PageRoutes>(List.of(
                new PageFiles(),
                new SignInPages(browser, signIns, config.identity(), clock),
                new SetupPages(browser, setupLinks),
                new PasswordPages(browser, signIns, config.identity()),
                new AccountPage(browser, signIns, config.identity()),
                new SignInApi(browser, signIns, csrfTokens, rest)));
        provider.map(known -> new ProviderPages(browser, known, signIns, config.http()))
                .ifPresent(pages::add);
        return pages;
    }

    /** Begins to write down when keys are used, and to see when they end. */
    void start() {
        lastUse.start();
        expiryWatch.start();
    }

    /** Ends nothing any more that expires. */
    void endWatch() {
        expiryWatch.close();
    }

    Future<Void> close() {
        return lastUse.close()
                .eventually(passwords::close)
                .eventually(() -> provider.map(OpenIdProvider::close).orElseGet(Future::succeededFuture));
    }
}
