package symbolai.mcp.server.plugins;

import java.util.List;

/** The classes that plugins share with the host; all others of the host are hidden from them. */
final class HostApi {

    private static final List<String> PACKAGES = List.of(
            "symbolai.mcp.api.",
            "io.vertx.core.",
            "io.vertx.ext.web.client.",
            "io.vertx.ext.web.codec.",
            "io.vertx.ext.web.multipart.",
            "io.vertx.uritemplate.",
            "io.netty.",
            "com.fasterxml.jackson.",
            "org.pf4j.",
            "org.slf4j.",
            "org.jspecify.");

    private final ClassLoader host;

    HostApi(ClassLoader host) {
        this.host = host;
    }

    ClassLoader host() {
        return host;
    }

    /** Whether a class of this name is looked for in the host first. */
    boolean covers(String className) {
        return PACKAGES.stream().anyMatch(className::startsWith);
    }

    /** Whether the host lends this very class file, so that a plugin must not bring its own. */
    boolean lends(String classFile) {
        return classFile.endsWith(".class")
                && covers(classFile.replace('/', '.'))
                && host.getResource(classFile) != null;
    }
}
