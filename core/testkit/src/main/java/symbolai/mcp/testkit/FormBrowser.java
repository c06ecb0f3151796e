package symbolai.mcp.testkit;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser without scripts: it keeps cookies, follows redirects within the server and fills in forms. Calls block the test's thread. */
public final class FormBrowser {

    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"");
    private static final Pattern ACTION = Pattern.compile("<form method=\"post\"(?: action=\"([^\"]*)\")?");
    private static final int MOST_REDIRECTS = 5;

    private final TestServer server;
    private final Map<String, String> cookies = new TreeMap<>();
    private String path = "/";
    private HttpAnswer page = new HttpAnswer(0, MultiMap.caseInsensitiveMultiMap(), "");

    /** A browser that has been nowhere. */
    public FormBrowser(TestServer server) {
        this.server = server;
    }

    /** Opens an address, and those that it leads to. */
    public HttpAnswer open(String address) {
        path = address;
        return arrive(plain(HttpMethod.GET, address, ""));
    }

    /** One request without following where it leads to. */
    public HttpAnswer plain(HttpMethod method, String address, String body) {
        return send(client(address).with("Origin", origin()), method, body);
    }

    /** Fills in the first form of the page and sends it. */
    public HttpAnswer submit(Map<String, String> fields) {
        var all = form();
        all.putAll(fields);
        return arrive(post(action(), encoded(all)));
    }

    /** Sends a form body to an address. */
    public HttpAnswer post(String address, String body) {
        path = address;
        return send(
                client(address).with("Origin", origin()).with("Content-Type", "application/x-www-form-urlencoded"),
                HttpMethod.POST,
                body);
    }

    /** Signs in. */
    public HttpAnswer signIn(String name, String password) {
        open("/sign-in");
        return submit(Map.of("name", name, "password", password));
    }

    /** A REST request of a script on our page: with the cookie and its token. */
    public HttpAnswer rest(HttpMethod method, String restPath, JsonObject body) {
        return send(
                client("/api/mcp/" + restPath)
                        .with("Origin", origin())
                        .with("X-CSRF-Token", csrfToken())
                        .with("Content-Type", "application/json"),
                method,
                method.equals(HttpMethod.GET) ? "" : body.encode());
    }

    /** The token that goes with REST requests; empty for strangers. */
    public String csrfToken() {
        var status = send(client("/api/mcp/auth/status").with("Sec-Fetch-Site", "same-origin"), HttpMethod.GET, "");
        var signIn = status.json().getJsonObject("signIn", new JsonObject());
        return signIn.getString("csrfToken", "");
    }

    /** The cookies by their names. */
    public Map<String, String> cookies() {
        return cookies;
    }

    /** The origin of the server's pages. */
    public String origin() {
        return "http://127.0.0.1:" + server.server().port();
    }

    /** Where the browser is. */
    public String path() {
        return path;
    }

    /** The hidden fields of the first form. */
    public Map<String, String> form() {
        var fields = new LinkedHashMap<String, String>();
        var end = page.body().indexOf("</form>");
        var hidden = HIDDEN.matcher(end < 0 ? page.body() : page.body().substring(0, end));
        while (hidden.find()) {
            fields.put(hidden.group(1), hidden.group(2).replace("&amp;", "&").replace("&#34;", "\""));
        }
        return fields;
    }

    /** A client that carries the cookies. */
    public McpClient client(String address) {
        var client = server.client().at(address);
        return cookies.isEmpty()
                ? client
                : client.with(
                        "Cookie",
                        cookies.entrySet().stream()
                                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                                .collect(Collectors.joining("; ")));
    }

    private String action() {
        var form = ACTION.matcher(page.body());
        if (!form.find()) {
            throw new AssertionError("no form in " + page.status() + " " + page.body());
        }
        return Optional.ofNullable(form.group(1)).orElse(path);
    }

    private HttpAnswer arrive(HttpAnswer answer) {
        page = answer;
        for (var i = 0; i < MOST_REDIRECTS && leadsOn(page); i++) {
            path = page.header("Location");
            page = plain(HttpMethod.GET, path, "");
        }
        return page;
    }

    /** Whoever is sent to another site has arrived for our purposes. */
    private static boolean leadsOn(HttpAnswer answer) {
        return answer.status() == 303 && answer.header("Location").startsWith("/");
    }

    private HttpAnswer send(McpClient client, HttpMethod method, String body) {
        var answer = method.equals(HttpMethod.POST) ? client.post(body) : client.send(method);
        answer.headers().getAll("Set-Cookie").forEach(this::keep);
        return answer;
    }

    private void keep(String line) {
        var value = line.substring(line.indexOf('=') + 1, line.indexOf(';'));
        var name = line.substring(0, line.indexOf('='));
        if (value.isEmpty()) {
            cookies.remove(name);
        } else {
            cookies.put(name, value);
        }
    }

    private static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
