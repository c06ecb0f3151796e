package symbolai.mcp.server.identity.oauth;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The documents by which clients find out how to get a token. */
public final class ServerMetadata {

    /** Where the document about the resource is, before the path of the resource. */
    public static final String RESOURCE = "/.well-known/oauth-protected-resource";
    /** Where the document about the authorization server is. */
    public static final String SERVER = "/.well-known/oauth-authorization-server";

    private static final List<String> SECRETS =
            List.of("none", "client_secret_basic", "client_secret_post", OAuthClient.SIGNS);
    private static final List<String> ALGORITHMS =
            Assertions.NAMES.stream().sorted().toList();

    private ServerMetadata() {}

    /** What RFC 9728 says of a resource. */
    public static JsonObject resource(Site site, String resource) {
        return new JsonObject()
                .put("resource", resource)
                .put("authorization_servers", new JsonArray().add(site.origin()))
                .put("scopes_supported", scopes())
                .put("bearer_methods_supported", new JsonArray().add("header"))
                .put("resource_name", "SymbolAI MCP");
    }

    /** What RFC 8414 says of the authorization server. */
    public static JsonObject server(Site site) {
        return new JsonObject()
                .put("issuer", site.origin())
                .put("authorization_endpoint", site.url("/oauth/authorize"))
                .put("token_endpoint", site.url("/oauth/token"))
                .put("registration_endpoint", site.url("/oauth/register"))
                .put("revocation_endpoint", site.url("/oauth/revoke"))
                .put("device_authorization_endpoint", site.url("/oauth/device"))
                .put("response_types_supported", new JsonArray().add("code"))
                .put("response_modes_supported", new JsonArray().add("query"))
                .put(
                        "grant_types_supported",
                        new JsonArray()
                                .add("authorization_code")
                                .add("refresh_token")
                                .add("client_credentials")
                                .add("urn:ietf:params:oauth:grant-type:device_code"))
                .put("code_challenge_methods_supported", new JsonArray().add("S256"))
                .put("token_endpoint_auth_methods_supported", new JsonArray(SECRETS))
                .put("revocation_endpoint_auth_methods_supported", new JsonArray(SECRETS))
                .put("token_endpoint_auth_signing_alg_values_supported", new JsonArray(ALGORITHMS))
                .put("revocation_endpoint_auth_signing_alg_values_supported", new JsonArray(ALGORITHMS))
                .put("client_id_metadata_document_supported", true)
                .put("authorization_response_iss_parameter_supported", true)
                .put("scopes_supported", scopes());
    }

    private static JsonArray scopes() {
        return new JsonArray().add(Scopes.READ).add(Scopes.WRITE);
    }
}
