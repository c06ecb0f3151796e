package symbolai.mcp.server.http.page;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The few files that pages load: they are small, and read once. */
public final class PageFiles implements PageRoutes {

    private static final Map<String, String> TYPES = Map.of(
            "page.css", "text/css; charset=utf-8",
            "icon.svg", "image/svg+xml",
            "setup.js", "text/javascript; charset=utf-8");

    private final Map<String, Buffer> files =
            TYPES.keySet().stream().collect(Collectors.toUnmodifiableMap(name -> name, PageFiles::read));

    @Override
    public void mount(Router router) {
        router.get("/pages/:file").handler(this::file);
    }

    private void file(RoutingContext context) {
        var name = String.valueOf(context.pathParam("file"));
        var bytes = files.get(name);
        if (bytes == null) {
            context.fail(404);
            return;
        }
        context.response()
                .putHeader("Content-Type", String.valueOf(TYPES.get(name)))
                .putHeader("Cache-Control", "public, max-age=3600")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Content-Security-Policy", "default-src 'none'")
                .end(bytes);
    }

    private static Buffer read(String name) {
        try (var stream = PageFiles.class.getResourceAsStream(name)) {
            return Buffer.buffer(
                    Objects.requireNonNull(stream, name + " is missing").readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("the file " + name + " cannot be read", e);
        }
    }
}
