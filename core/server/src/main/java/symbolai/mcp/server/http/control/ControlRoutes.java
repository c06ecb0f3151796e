package symbolai.mcp.server.http.control;

import io.vertx.ext.web.Router;

/** Some of the things that the command line can ask for. */
public interface ControlRoutes {

    /** Adds them. */
    void mount(Router router);
}
