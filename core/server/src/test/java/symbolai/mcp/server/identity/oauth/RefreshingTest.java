package symbolai.mcp.server.identity.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static symbolai.mcp.server.identity.oauth.OAuthHouse.REDIRECT;
import static symbolai.mcp.server.identity.oauth.OAuthHouse.done;
import static symbolai.mcp.server.identity.oauth.OAuthHouse.posted;
import static symbolai.mcp.server.identity.oauth.OAuthHouse.problem;
import static symbolai.mcp.server.identity.oauth.OAuthHouse.refreshing;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Role;
import symbolai.mcp.server.identity.Authentication;

/** What becomes of tokens after the first. */
class RefreshingTest {

    private static final int CLIENTS = Boolean.getBoolean("long") ? 200 : 40;

    @TempDir
    Path folder;

    private OAuthHouse house;
    private String client;

    @BeforeEach
    void open() {
        house = new OAuthHouse(folder);
        client = house.register(REDIRECT);
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void aRefreshTokenBringsNewTokensOfTheSameGrant() {
        var first = house.signedIn(client, "ada");

        var second = refresh(first);

        assertThat(second.getString("refresh_token")).isNotEqualTo(first.getString("refresh_token"));
        assertThat(caller(second).credential().id())
                .isEqualTo(caller(first).credential().id());
        assertThat(second.getString("scope")).isEqualTo("mcp:tools:read mcp:tools:write");
    }

    @Test
    void anAccessTokenEndsAfterAQuarterOfAnHour() {
        var tokens = house.signedIn(client, "ada");

        house.clock.advance(Duration.ofMinutes(15));

        assertThat(house.authenticate(tokens)).isEqualTo(new Authentication.Refused("the access token has expired"));
        assertThat(house.authenticate(refresh(tokens))).isInstanceOf(Authentication.Known.class);
    }

    @Test
    void aRefreshTokenEndsAfterThirtyDays() {
        var tokens = house.signedIn(client, "ada");

        house.clock.advance(Duration.ofDays(30));

        assertThat(refused(tokens)).isEqualTo("invalid_grant");
    }

    @Test
    void whoAsksSeveralTimesAtOnceGetsTokensThatAreAllGood() {
        var first = house.signedIn(client, "ada");
        var second = refresh(first);
        house.clock.advance(Duration.ofSeconds(120));

        var sibling = refresh(first);

        for (var tokens : List.of(second, sibling)) {
            assertThat(house.authenticate(tokens)).isInstanceOf(Authentication.Known.class);
            assertThat(house.authenticate(refresh(tokens))).isInstanceOf(Authentication.Known.class);
        }
    }

    @Test
    void row8AStolenRefreshTokenEndsTheFamily() {
        var stolen = house.signedIn(client, "ada");
        var other = house.signedIn(client, "ada");
        var second = refresh(stolen);
        var ended = new ArrayList<String>();
        house.revocations.onEnded(caller(second), ended::add);
        house.clock.advance(Duration.ofSeconds(121));

        assertThat(refused(stolen)).isEqualTo("invalid_grant");

        assertThat(house.authenticate(second)).isEqualTo(new Authentication.Refused("the access token was revoked"));
        assertThat(refused(second)).isEqualTo("invalid_grant");
        assertThat(house.authenticate(other)).isInstanceOf(Authentication.Known.class);
        assertThat(ended).containsExactly("the access of the program was revoked");
        assertThat(house.audited()).contains("oauth.token-replayed");
    }

    @Test
    void row8ClientsThatAllRefreshAtOnceStaySignedIn() {
        var first = IntStream.range(0, CLIENTS)
                .mapToObj(i -> house.signedIn(client, "ada"))
                .toList();
        var each = new ArrayList<List<Future<JsonObject>>>();
        for (var tokens : first) {
            each.add(IntStream.range(0, 20)
                    .mapToObj(i -> house.tokenLater(refreshing(client, tokens.getString("refresh_token"))))
                    .toList());
        }

        var all = each.stream().map(futures -> done(Future.all(futures))).toList();

        var seen = new HashSet<String>();
        all.forEach(one -> IntStream.range(0, 20)
                .forEach(i -> seen.add(one.<JsonObject>resultAt(i).getString("refresh_token"))));
        assertThat(seen).hasSize(20 * CLIENTS);
        for (var one : all) {
            assertThat(house.authenticate(one.resultAt(0))).isInstanceOf(Authentication.Known.class);
            assertThat(house.authenticate(refresh(one.resultAt(19)))).isInstanceOf(Authentication.Known.class);
        }
    }

    @Test
    void lessMayBeAskedForAndNotMore() {
        var tokens = house.signedIn(client, "ada");
        var form = refreshing(client, tokens.getString("refresh_token"));
        form.put("scope", "openid mcp:tools:read");

        var less = house.token(form);

        assertThat(less.getString("scope")).isEqualTo("mcp:tools:read");
        assertThat(caller(less).credential().scopes()).containsExactly("mcp:tools:read");
        assertThat(refresh(less).getString("scope")).isEqualTo("mcp:tools:read mcp:tools:write");
        var ask = house.ask(OAuthHouse.asking(client));
        var location = done(house.authorizations.accept(ask, "ada", Scopes.READING, "192.0.2.1"));
        var reading = house.token(
                OAuthHouse.redeeming(client, OAuthHouse.query(location).get("code")));
        form.put("refresh_token", reading.getString("refresh_token"));
        form.put("scope", "mcp:tools:write");
        assertThat(problem(house.tokenLater(form))).isEqualTo("invalid_scope");
        form.remove("scope");
        assertThat(house.token(form).getString("scope")).isEqualTo("mcp:tools:read");
    }

    @Test
    void row8ATokenIsNeitherRefreshedNorRevokedByAnotherClient() {
        var tokens = house.signedIn(client, "ada");
        var thief = house.register(REDIRECT);

        assertThat(problem(house.tokenLater(refreshing(thief, tokens.getString("refresh_token")))))
                .isEqualTo("invalid_grant");
        done(house.requests.revoke(posted(Map.of("client_id", thief, "token", tokens.getString("refresh_token")))));

        assertThat(house.authenticate(tokens)).isInstanceOf(Authentication.Known.class);
        refresh(tokens);
    }

    @Test
    void row7ATokenOfAnotherServerOrPortIsRefused() {
        var tokens = house.signedIn(client, "ada");

        for (var origin : List.of(
                "http://localhost:842", "http://localhost:84200", "https://localhost:8420", "http://127.0.0.1:8420")) {
            assertThat(done(house.tokens.authenticate(tokens.getString("access_token"), origin, "192.0.2.1")))
                    .isEqualTo(new Authentication.Refused(
                            "the access token is for another server, or for another name of this one"));
        }
        assertThat(house.authenticate(new JsonObject().put("access_token", tokens.getString("refresh_token"))))
                .isEqualTo(new Authentication.Refused("the access token is malformed"));
    }

    @Test
    void revokingEitherTokenEndsBothAtOnce() {
        for (var name : List.of("access_token", "refresh_token")) {
            var tokens = house.signedIn(client, "ada");
            assertThat(house.authenticate(tokens)).isInstanceOf(Authentication.Known.class);

            done(house.requests.revoke(posted(Map.of("client_id", client, "token", tokens.getString(name)))));
            done(house.requests.revoke(posted(Map.of("client_id", client, "token", tokens.getString(name)))));

            assertThat(house.authenticate(tokens))
                    .isEqualTo(new Authentication.Refused("the access token was revoked"));
            assertThat(refused(tokens)).isEqualTo("invalid_grant");
        }
    }

    @Test
    void row40TheRoleIsTheUsersOfNow() {
        var tokens = house.signedIn(client, "ada");
        house.user("eve", "admin");
        assertThat(caller(tokens).role()).isEqualTo(Role.ADMIN);

        done(house.users.setRole("ada", "viewer", 1));
        done(house.keyRing.refresh());
        assertThat(caller(tokens).role()).isEqualTo(Role.VIEWER);
        done(house.users.remove("ada"));
        done(house.keyRing.refresh());

        assertThat(house.authenticate(tokens)).isInstanceOf(Authentication.Refused.class);
        assertThat(refused(tokens)).isEqualTo("invalid_grant");
    }

    @Test
    void whatIsOpenEndsWithTheGrantAtTheLatest() {
        var tokens = house.signedIn(client, "ada");
        var watch = new GrantWatch(house.vertx, house.grantStore, house.revocations, house.clock);
        watch.start();
        var ended = new ArrayList<String>();
        house.revocations.onEnded(caller(tokens), ended::add);
        house.clock.advance(Duration.ofDays(29));
        var next = refresh(tokens);
        house.clock.advance(Duration.ofDays(29));
        done(watch.look());
        assertThat(next.containsKey("access_token")).isTrue();
        assertThat(ended).isEmpty();

        house.clock.advance(Duration.ofDays(1));
        done(house.sweep.sweep());
        done(watch.look());
        watch.close();

        assertThat(ended).containsExactly("the access of the program has expired");
    }

    @Test
    void whatHasEndedIsRemoved() {
        var tokens = house.signedIn(client, "ada");
        refresh(tokens);
        var unused = house.register(REDIRECT);

        house.clock.advance(Duration.ofDays(91));
        done(house.sweep.sweep());

        assertThat(done(house.grantStore.list(0))).isEmpty();
        assertThat(done(house.clientStore.find(unused))).isEmpty();
        assertThat(done(house.clientStore.find(client))).isEmpty();
        assertThat(refused(tokens)).isEqualTo("invalid_client");
    }

    @Test
    void whatUsersAgreedToIsForgottenWithTheProgram() {
        house.signedIn(client, "ada");
        var ask = house.ask(OAuthHouse.asking(client));
        assertThat(done(house.authorizations.agreed(ask, "ada"))).isTrue();

        house.clock.advance(Duration.ofDays(91));
        done(house.sweep.sweep());

        assertThat(done(house.authorizations.agreed(ask, "ada"))).isFalse();
    }

    private JsonObject refresh(JsonObject tokens) {
        return house.token(refreshing(client, tokens.getString("refresh_token")));
    }

    private String refused(JsonObject tokens) {
        return problem(house.tokenLater(refreshing(client, tokens.getString("refresh_token"))));
    }

    private Caller caller(JsonObject tokens) {
        return ((Authentication.Known) house.authenticate(tokens)).caller();
    }
}
