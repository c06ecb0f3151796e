package symbolai.mcp.testkit;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A program that gets tokens by OAuth, whose user is a {@link FormBrowser}. Calls block the test's thread. */
public final class OAuthFlow {

    /** Where the program has its user sent. */
    public static final String REDIRECT = "http://localhost:3334/oauth/callback";

    private static final String VERIFIER = "a-verifier-of-at-least-forty-three-characters-0123456789";

    private final TestServer server;
    private final FormBrowser browser;

    /** For a user who is signed in. */
    public OAuthFlow(TestServer server, FormBrowser browser) {
        this.server = server;
        this.browser = browser;
    }

    /** The id of a new program that cannot keep a secret. */
    public String register() {
        return register("a program");
    }

    /** The same of a program that calls itself so. */
    public String register(String name) {
        return register(name, List.of(REDIRECT));
    }

    /** The same of a program that has its users sent to one of these places. */
    public String register(String name, List<String> redirects) {
        var metadata = new JsonObject()
                .put("client_name", name)
                .put("redirect_uris", new JsonArray(redirects))
                .put("token_endpoint_auth_method", "none");
        var answer = server.client().at("/oauth/register").post(metadata);
        if (answer.status() != 201) {
            throw new AssertionError("not registered: " + answer.status() + " " + answer.body());
        }
        return answer.json().getString("client_id");
    }

    /** The parameters of a request for the scopes that is in order. */
    public Map<String, String> asking(String client, String scope) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("response_type", "code");
        parameters.put("client_id", client);
        parameters.put("redirect_uri", REDIRECT);
        parameters.put("state", "st4te");
        parameters.put("scope", scope);
        parameters.put("resource", browser.origin() + TestServer.PATH);
        parameters.put("code_challenge", challenge());
        parameters.put("code_challenge_method", "S256");
        return parameters;
    }

    /** Sends the user to the server with these parameters: a page, or the way back. */
    public HttpAnswer authorize(Map<String, String> parameters) {
        return browser.open("/oauth/authorize?" + form(parameters));
    }

    /** The user agrees to the page: the way back. */
    public HttpAnswer agree(boolean write) {
        return browser.submit(write ? Map.of("decision", "allow", "write", "yes") : Map.of("decision", "allow"));
    }

    /** The parameters with which the program's user comes back. */
    public static Map<String, String> back(HttpAnswer answer) {
        var location = answer.header("Location");
        return Arrays.stream(location.substring(location.indexOf('?') + 1).split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    /** All the way: the tokens of a new program to which the user agrees. */
    public JsonObject tokens(String client, String scope) {
        authorize(asking(client, scope));
        var code = back(agree(scope.contains("write"))).getOrDefault("code", "");
        return token(redeeming(client, code)).json();
    }

    /** The form with which the program redeems a code. */
    public Map<String, String> redeeming(String client, String code) {
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "authorization_code");
        form.put("client_id", client);
        form.put("code", code);
        form.put("redirect_uri", REDIRECT);
        form.put("code_verifier", VERIFIER);
        return form;
    }

    /** The form with which the program refreshes its tokens. */
    public static Map<String, String> refreshing(String client, String token) {
        return Map.of("grant_type", "refresh_token", "client_id", client, "refresh_token", token);
    }

    /** The answer of the token endpoint. */
    public HttpAnswer token(Map<String, String> form) {
        return post("/oauth/token", form);
    }

    /** A form without a browser. */
    public HttpAnswer post(String path, Map<String, String> form) {
        return server.client()
                .at(path)
                .with("Content-Type", "application/x-www-form-urlencoded")
                .post(form(form));
    }

    /** A document. */
    public HttpAnswer get(String path) {
        return server.client().at(path).with("Accept", "application/json").send(HttpMethod.GET);
    }

    /** Fields as forms and queries have them. */
    public static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static String challenge() {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
