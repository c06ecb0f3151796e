package symbolai.mcp.server.identity.oauth;

import com.nimbusds.common.contenttype.ContentType;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationRequest;
import com.nimbusds.oauth2.sdk.device.DeviceCodeGrant;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import symbolai.mcp.server.identity.oauth.ClientDocuments.Asker;
import symbolai.mcp.server.store.GrantStore;

/** Answers what clients ask for without a browser: tokens, device codes, and the end of tokens. */
public final class TokenRequests {

    private final Clients clients;
    private final Codes codes;
    private final Grants grants;
    private final Devices devices;
    private final GrantStore store;

    public TokenRequests(Clients clients, Codes codes, Grants grants, Devices devices, GrantStore store) {
        this.clients = clients;
        this.codes = codes;
        this.grants = grants;
        this.devices = devices;
        this.store = store;
    }

    /**
     * A request as it came.
     *
     * @param authorization the {@code Authorization} header
     * @param body a form, whose type was looked at
     * @param address where it came from
     */
    public record Posted(Optional<String> authorization, String body, Site site, String address) {

        private HTTPRequest request(String path) {
            var request = new HTTPRequest(HTTPRequest.Method.POST, URI.create(site.url(path)));
            authorization.ifPresent(request::setAuthorization);
            request.setEntityContentType(ContentType.APPLICATION_URLENCODED);
            request.setBody(body);
            return request;
        }
    }

    /** Tokens. */
    public Future<JsonObject> token(Posted posted) {
        return Future.succeededFuture(posted)
                .map(TokenRequests::read)
                .compose(request -> clients.authenticate(request).compose(client -> token(client, request, posted)));
    }

    /** The end of a token; a token that is not known has ended already. */
    public Future<Void> revoke(Posted posted) {
        return Future.succeededFuture(posted)
                .map(TokenRequests::readRevocation)
                .compose(request -> clients.authenticate(request)
                        .compose(client ->
                                grants.revoke(client, request.getToken().getValue(), posted.address())));
    }

    /** A device code. */
    public Future<JsonObject> device(Posted posted) {
        return Future.succeededFuture(posted)
                .map(TokenRequests::readDevice)
                .compose(request -> clients.authenticate(request, Asker.stranger(posted.address()))
                        .compose(client -> devices.begin(
                                client,
                                scopes(request.getScope()).orElse(Scopes.READING),
                                resource(request.getCustomParameter("resource"), posted.site()),
                                posted.site(),
                                posted.address())));
    }

    private Future<JsonObject> token(OAuthClient client, TokenRequest request, Posted posted) {
        var grant = request.getAuthorizationGrant();
        var resource = Target.of(request.getResources(), posted.site());
        if (grant instanceof AuthorizationCodeGrant code) {
            return codes.redeem(client, code, resource, posted.address());
        }
        if (grant instanceof RefreshTokenGrant refresh) {
            return grants.refresh(
                    client,
                    refresh.getRefreshToken().getValue(),
                    scopes(request.getScope()),
                    resource,
                    posted.address());
        }
        if (grant instanceof DeviceCodeGrant device) {
            return devices.redeem(client, device.getDeviceCode().getValue(), posted.address());
        }
        return grant instanceof ClientCredentialsGrant
                ? credentials(client, scopes(request.getScope()), resource, posted)
                : OAuthProblem.of(OAuth2Error.UNSUPPORTED_GRANT_TYPE, "this grant type is not served")
                        .failed();
    }

    private Future<JsonObject> credentials(
            OAuthClient client, Optional<Scopes> asked, Optional<String> resource, Posted posted) {
        if (client.kind() != OAuthClient.Kind.CREDENTIALS) {
            return OAuthProblem.of(
                            OAuth2Error.UNAUTHORIZED_CLIENT,
                            "only a client that an admin has made may ask for tokens by itself")
                    .failed();
        }
        var scopes = asked.orElse(client.scopes());
        if (!client.scopes().include(scopes)) {
            return OAuthProblem.of(OAuth2Error.INVALID_SCOPE, "the scope is wider than what the client may have")
                    .failed();
        }
        var terms = new Grants.Terms(
                grants.newId(),
                client.id(),
                client.userId(),
                resource.orElse(posted.site().resource()),
                scopes);
        return grants.begin(terms, false, posted.address(), store::add)
                .map(answer -> answer.orElseThrow(() -> OAuthProblem.client("the client or its user is gone")));
    }

    /** What was asked for and is known; empty when nothing was asked for, or nothing that is known. */
    private static Optional<Scopes> scopes(@Nullable Scope asked) {
        return Optional.ofNullable(asked)
                .map(scope -> Scopes.of(Set.copyOf(scope.toStringList())))
                .filter(known -> !known.names().isEmpty());
    }

    private static String resource(@Nullable List<String> asked, Site site) {
        var resources = Optional.ofNullable(asked).orElse(List.of()).stream()
                .map(text -> site.resource(text).orElseThrow(Target::foreign))
                .collect(Collectors.toSet());
        if (resources.size() > 1) {
            throw Target.foreign();
        }
        return resources.stream().findFirst().orElse(site.resource());
    }

    private static TokenRequest read(Posted posted) {
        return OAuthProblem.parsed(() -> TokenRequest.parse(posted.request("/oauth/token")));
    }

    private static TokenRevocationRequest readRevocation(Posted posted) {
        return OAuthProblem.parsed(() -> TokenRevocationRequest.parse(posted.request("/oauth/revoke")));
    }

    private static DeviceAuthorizationRequest readDevice(Posted posted) {
        return OAuthProblem.parsed(() -> DeviceAuthorizationRequest.parse(posted.request("/oauth/device")));
    }
}
