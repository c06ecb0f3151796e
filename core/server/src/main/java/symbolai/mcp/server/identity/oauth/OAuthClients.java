package symbolai.mcp.server.identity.oauth;

import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.server.identity.Base62;
import symbolai.mcp.server.identity.User;
import symbolai.mcp.server.identity.Users;
import symbolai.mcp.server.store.ClientRow;
import symbolai.mcp.server.store.ClientStore;
import symbolai.mcp.server.store.GrantRow;
import symbolai.mcp.server.store.GrantStore;

/** What admins do with clients: they see them, make those that act by themselves, and revoke them. */
public final class OAuthClients {

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}\\p{P}\\p{S} ]{1,100}");

    private final ClientStore store;
    private final GrantStore grantStore;
    private final Grants grants;
    private final Users users;
    private final OAuthRecords records;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public OAuthClients(
            ClientStore store, GrantStore grantStore, Grants grants, Users users, OAuthRecords records, Clock clock) {
        this.store = store;
        this.grantStore = grantStore;
        this.grants = grants;
        this.users = users;
        this.records = records;
        this.clock = clock;
    }

    /**
     * Makes a client that gets tokens by itself, by its secret.
     *
     * @param by the admin
     * @param user as whom it acts
     * @param write whether it may call tools that change something
     */
    public Future<NewClient> create(Caller by, String name, String user, boolean write) {
        if (!NAME.matcher(name).matches()) {
            return Future.failedFuture(new ToolException(
                    Reason.INVALID, "A client's name has 1 to 100 letters, digits, signs and spaces."));
        }
        var secret = OpaqueToken.random(OpaqueToken.Kind.SECRET, random);
        return users.checkUnbound(by).compose(unbound -> named(user)).compose(owner -> {
            var client = client(name, owner, write, secret);
            return records.making(client, by, () -> store.put(client.row(clock.millis(), 0)))
                    .map(new NewClient(client.id(), secret.text()));
        });
    }

    /** All clients, oldest first. */
    public Future<List<ClientInfo>> list() {
        return Future.all(store.list(), grantStore.list(clock.millis()), users.list())
                .map(all -> infos(all.resultAt(0), all.resultAt(1), all.resultAt(2)));
    }

    /** Revokes a client: all its tokens are refused as soon as the future succeeds, and it is forgotten. */
    public Future<Void> revoke(Caller by, String id) {
        return Future.all(store.find(id), grantsOf(id)).compose(found -> {
            Optional<ClientRow> client = found.resultAt(0);
            List<GrantRow> open = found.resultAt(1);
            return client.isEmpty() && open.isEmpty()
                    ? missing(id)
                    : records.revoking(id, by, () -> remove(id)).mapEmpty();
        });
    }

    private Future<Void> remove(String id) {
        return grantsOf(id)
                .compose(ending -> store.remove(id, clock.millis())
                        .onSuccess(removed -> ending.forEach(grant -> grants.ended(grant.id())))
                        .mapEmpty());
    }

    private Future<List<GrantRow>> grantsOf(String id) {
        return grantStore
                .list(clock.millis())
                .map(all ->
                        all.stream().filter(grant -> grant.client().equals(id)).toList());
    }

    private Future<User> named(String name) {
        return users.list()
                .compose(all -> all.stream()
                        .filter(user -> user.name().equalsIgnoreCase(name))
                        .findFirst()
                        .map(Future::succeededFuture)
                        .orElseGet(() -> Future.failedFuture(new ToolException(
                                Reason.NOT_FOUND, "There is no user of this name; user list shows them."))));
    }

    private OAuthClient client(String name, User owner, boolean write, OpaqueToken secret) {
        return new OAuthClient(
                "svc_" + Base62.random(random, 95, 16),
                OAuthClient.Kind.CREDENTIALS,
                name,
                secret.hash(),
                "client_secret_basic",
                List.of(),
                owner.id(),
                write ? Scopes.ALL : Scopes.READING);
    }

    private static Future<Void> missing(String id) {
        var shown = id.length() > 100 || !NAME.matcher(id).matches() ? "of this id" : id;
        return Future.failedFuture(
                new ToolException(Reason.NOT_FOUND, "There is no client " + shown + "; client list shows them."));
    }

    private static List<ClientInfo> infos(List<ClientRow> clients, List<GrantRow> grants, List<User> users) {
        var names = users.stream().collect(Collectors.toMap(User::id, User::name));
        var holders = grants.stream()
                .collect(Collectors.groupingBy(
                        GrantRow::client,
                        Collectors.mapping(grant -> names.getOrDefault(grant.userId(), ""), Collectors.toSet())));
        return clients.stream()
                .map(client -> info(
                        client,
                        names,
                        holders.getOrDefault(client.id(), Set.of()).stream()
                                .sorted()
                                .toList()))
                .toList();
    }

    private static ClientInfo info(ClientRow client, Map<String, String> names, List<String> holders) {
        return new ClientInfo(
                client.id(),
                client.name(),
                client.kind(),
                Optional.ofNullable(names.get(client.userId())),
                client.userId().isEmpty() ? holders : List.of(),
                Instant.ofEpochMilli(client.created()),
                client.used() == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(client.used())));
    }
}
