package symbolai.mcp.server.rest;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The files of the page that shows the document: Swagger UI out of its jar, and a few lines of ours around it. */
public final class ApiDocs {

    private static final String JAR = "/META-INF/resources/webjars/swagger-ui/";
    private static final String ABOUT_JAR = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";
    private static final String PAGE = "docs.html";
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** The files there are, with their types. */
    private static final Map<String, String> FILES = Map.of(
            "docs.js", "text/javascript; charset=utf-8",
            "docs.css", "text/css; charset=utf-8",
            "swagger-ui-bundle.js", "text/javascript; charset=utf-8",
            "swagger-ui.css", "text/css; charset=utf-8",
            "favicon-32x32.png", "image/png");

    private final Vertx vertx;
    private final Map<String, Buffer> read = new ConcurrentHashMap<>();

    public ApiDocs(Vertx vertx) {
        this.vertx = vertx;
    }

    /**
     * The page.
     *
     * @param prefix the path that a proxy cut off; empty for none
     */
    public Future<RestAnswer> page(String prefix) {
        return content(PAGE)
                .map(html -> answer(
                        "text/html; charset=utf-8", "no-cache", html.toString().replace("{{prefix}}", prefix)));
    }

    /** One of the page's files; empty when it has none of this name. */
    public Optional<Future<RestAnswer>> file(String name) {
        return Optional.ofNullable(FILES.get(name))
                .map(type -> content(name).map(bytes -> answer(type, "public, max-age=3600", bytes)));
    }

    private static RestAnswer answer(String type, String caching, String text) {
        return answer(type, caching, Buffer.buffer(text));
    }

    private static RestAnswer answer(String type, String caching, Buffer bytes) {
        var headers = new TreeMap<String, String>();
        headers.put("Content-Type", type);
        headers.put("Cache-Control", caching);
        headers.put("Content-Security-Policy", POLICY);
        headers.put("Referrer-Policy", "no-referrer");
        return new RestAnswer.Whole(200, headers, bytes);
    }

    private Future<Buffer> content(String name) {
        var known = read.get(name);
        return known == null
                ? vertx.executeBlocking(() -> load(name)).onSuccess(bytes -> read.put(name, bytes))
                : Future.succeededFuture(known);
    }

    /** Blocks. */
    private static Buffer load(String name) throws IOException {
        var path = name.startsWith("docs.") ? name : JAR + version() + "/" + name;
        try (var file = ApiDocs.class.getResourceAsStream(path)) {
            return Buffer.buffer(
                    Objects.requireNonNull(file, path + " is missing").readAllBytes());
        }
    }

    private static String version() throws IOException {
        var about = new Properties();
        try (var file = ApiDocs.class.getResourceAsStream(ABOUT_JAR)) {
            about.load(Objects.requireNonNull(file, "the jar of Swagger UI is missing"));
        }
        return Objects.requireNonNull(about.getProperty("version"), "the jar of Swagger UI has no version");
    }
}
