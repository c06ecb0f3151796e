package symbolai.mcp.server.http.page;

import io.vertx.ext.web.Router;

/** Some of the pages. */
public interface PageRoutes {

    /** Adds their routes. */
    void mount(Router router);
}
