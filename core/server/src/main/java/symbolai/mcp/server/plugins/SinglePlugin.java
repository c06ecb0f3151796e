package symbolai.mcp.server.plugins;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.pf4j.DefaultPluginManager;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginLoader;
import org.pf4j.PluginRepository;
import org.pf4j.PluginStatusProvider;
import org.pf4j.PropertiesPluginDescriptorFinder;

/** PF4J for one expanded zip: a second version of the same plugin stands beside it in a PF4J of its own. */
final class SinglePlugin extends DefaultPluginManager {

    SinglePlugin(Path expanded) {
        super(List.of(expanded));
        setSystemVersion(PluginProperties.API_VERSION);
    }

    @Override
    protected PluginDescriptorFinder createPluginDescriptorFinder() {
        return new PropertiesPluginDescriptorFinder();
    }

    @Override
    protected PluginLoader createPluginLoader() {
        return new HostFirst();
    }

    @Override
    protected PluginRepository createPluginRepository() {
        return new NoRepository();
    }

    @Override
    protected PluginStatusProvider createPluginStatusProvider() {
        return new AllEnabled();
    }

    /** Makes the class loader of an expanded zip. */
    private static final class HostFirst implements PluginLoader {

        @Override
        public boolean isApplicable(Path expanded) {
            return Files.isDirectory(expanded);
        }

        @Override
        public ClassLoader loadPlugin(Path expanded, PluginDescriptor descriptor) {
            String name = descriptor.getPluginId() + "-" + descriptor.getVersion();
            return new HostFirstClassLoader(
                    name, classPath(expanded), new HostApi(SinglePlugin.class.getClassLoader()));
        }

        private static URL[] classPath(Path expanded) {
            var urls = new ArrayList<URL>();
            try (Stream<Path> files = Files.walk(expanded, 2)) {
                urls.add(expanded.resolve("classes").toUri().toURL());
                for (var file : files.sorted().toList()) {
                    if (PluginZip.library(expanded.relativize(file).toString())) {
                        urls.add(file.toUri().toURL());
                    }
                }
                return urls.toArray(URL[]::new);
            } catch (MalformedURLException e) {
                throw new IllegalStateException("a path of the file system is a URL", e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Knows no plugins: the host says which folder to load. */
    private static final class NoRepository implements PluginRepository {

        @Override
        public List<Path> getPluginPaths() {
            return List.of();
        }

        @Override
        public boolean deletePluginPath(Path path) {
            return false;
        }
    }

    /** Leaves it to the folder which plugins there are. */
    private static final class AllEnabled implements PluginStatusProvider {

        @Override
        public boolean isPluginDisabled(String id) {
            return false;
        }

        @Override
        public void disablePlugin(String id) {
            throw new UnsupportedOperationException("take the zip out of the folder");
        }

        @Override
        public void enablePlugin(String id) {
            throw new UnsupportedOperationException("put the zip into the folder");
        }
    }
}
