package symbolai.mcp.server.plugins;

import java.net.URL;
import java.net.URLClassLoader;

/** Loads the host's API from the host, the JDK from the JDK, and everything else from the plugin alone. */
final class HostFirstClassLoader extends URLClassLoader {

    static {
        registerAsParallelCapable();
    }

    private final HostApi api;

    HostFirstClassLoader(String name, URL[] classPath, HostApi api) {
        super(name, classPath, ClassLoader.getPlatformClassLoader());
        this.api = api;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (api.covers(name)) {
            try {
                return api.host().loadClass(name);
            } catch (ClassNotFoundException hostHasIt) {
                return super.loadClass(name, resolve);
            }
        }
        return super.loadClass(name, resolve);
    }
}
