package symbolai.mcp.server;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import symbolai.mcp.api.Caller;
import symbolai.mcp.server.audit.AuditLog;
import symbolai.mcp.server.config.OAuthConfig;
import symbolai.mcp.server.config.ServerConfig;
import symbolai.mcp.server.config.ServerConfig.Auth;
import symbolai.mcp.server.crypto.MasterKey;
import symbolai.mcp.server.http.Sites;
import symbolai.mcp.server.http.oauth.AuthorizePages;
import symbolai.mcp.server.http.oauth.DevicePages;
import symbolai.mcp.server.http.oauth.DocumentRoutes;
import symbolai.mcp.server.http.oauth.TokenRoutes;
import symbolai.mcp.server.http.page.Browser;
import symbolai.mcp.server.http.page.PageRoutes;
import symbolai.mcp.server.identity.Changes;
import symbolai.mcp.server.identity.KeyRing;
import symbolai.mcp.server.identity.Revocations;
import symbolai.mcp.server.identity.Users;
import symbolai.mcp.server.identity.oauth.AccessTokens;
import symbolai.mcp.server.identity.oauth.Assertions;
import symbolai.mcp.server.identity.oauth.Authorizations;
import symbolai.mcp.server.identity.oauth.ClientDocuments;
import symbolai.mcp.server.identity.oauth.Clients;
import symbolai.mcp.server.identity.oauth.Codes;
import symbolai.mcp.server.identity.oauth.Devices;
import symbolai.mcp.server.identity.oauth.DocumentFetch;
import symbolai.mcp.server.identity.oauth.GrantWatch;
import symbolai.mcp.server.identity.oauth.Grants;
import symbolai.mcp.server.identity.oauth.OAuthClients;
import symbolai.mcp.server.identity.oauth.OAuthRecords;
import symbolai.mcp.server.identity.oauth.OAuthSweep;
import symbolai.mcp.server.identity.oauth.Programs;
import symbolai.mcp.server.identity.oauth.RedirectUris;
import symbolai.mcp.server.identity.oauth.Registrations;
import symbolai.mcp.server.identity.oauth.TokenRequests;
import symbolai.mcp.server.store.ClientStore;
import symbolai.mcp.server.store.CodeStore;
import symbolai.mcp.server.store.Database;
import symbolai.mcp.server.store.DeviceStore;
import symbolai.mcp.server.store.GrantStore;

/** Everything of OAuth, made in order. */
final class OAuthRooms {

    private final boolean isOn;
    private final boolean isFound;
    private final DocumentFetch fetch;
    private final OAuthSweep sweep;
    private final GrantWatch watch;
    private final Authorizations authorizations;
    private final Devices devices;
    private final TokenRequests requests;
    private final Registrations registrations;
    final AccessTokens tokens;
    final OAuthClients clients;
    final Programs programs;

    OAuthRooms(
            Vertx vertx,
            ServerConfig config,
            Database database,
            MasterKey key,
            AuditLog audit,
            Users users,
            KeyRing keyRing,
            Revocations revocations,
            Clock clock) {
        OAuthConfig oauth = config.identity().oauth();
        isOn = config.auth() != Auth.NONE;
        isFound = isOn && oauth.discovery();
        var clientStore = new ClientStore(database);
        var grantStore = new GrantStore(database);
        var codeStore = new CodeStore(database);
        var records = new OAuthRecords(new Changes(audit, clock), audit, clock);
        var redirects = new RedirectUris(oauth.allowedRedirects());
        fetch = new DocumentFetch(vertx);
        sweep = new OAuthSweep(vertx, grantStore, clientStore, clock);
        watch = new GrantWatch(vertx, grantStore, revocations, clock);
        tokens = new AccessTokens(grantStore, keyRing, clock);
        var known = new Clients(
                clientStore, new ClientDocuments(fetch, redirects, clock), new Assertions(fetch, clock), clock);
        var grants = new Grants(grantStore, clientStore, tokens, revocations, records, oauth, clock);
        var codes = new Codes(codeStore, grantStore, grants, clock);
        devices = new Devices(new DeviceStore(database), grantStore, known, grants, records, clock);
        requests = new TokenRequests(known, codes, grants, devices, grantStore);
        registrations = new Registrations(clientStore, redirects, records, clock);
        authorizations = new Authorizations(known, codeStore, codes, records, key.sealer("oauth-request"), clock);
        programs = new Programs(clientStore, grantStore, grants, records, clock);
        clients = new OAuthClients(clientStore, grantStore, grants, users, records, clock);
    }

    /** Whether clients are told how to get a token. */
    boolean isFound() {
        return isFound;
    }

    /** What is served over HTTP: nothing on a server without authentication, and no documents where discovery is off. */
    List<PageRoutes> routes(Sites sites, Browser browser) {
        if (!isOn) {
            return List.of();
        }
        var endpoints = List.of(
                new TokenRoutes(sites, requests, registrations),
                new AuthorizePages(browser, sites, authorizations),
                new DevicePages(browser, devices));
        return isFound
                ? Stream.<PageRoutes>concat(Stream.of(new DocumentRoutes(sites)), endpoints.stream())
                        .toList()
                : endpoints;
    }

    /** Ends what waits for these callers with a grant that is not good any more. */
    Future<Void> lookBack(List<Caller> callers) {
        return watch.lookBack(callers);
    }

    void start() {
        sweep.start();
        watch.start();
    }

    Future<Void> close() {
        sweep.close();
        watch.close();
        return fetch.close();
    }
}
