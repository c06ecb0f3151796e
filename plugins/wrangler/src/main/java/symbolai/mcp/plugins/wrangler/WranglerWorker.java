package symbolai.mcp.plugins.wrangler;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A Worker as one environment of a project describes it. What an environment inherits is filled in; bindings are not inherited.
 *
 * @param name the script's name
 * @param main the file that the Worker begins in
 * @param variables the names of the plain variables, never their values
 * @param crons when the clock starts it
 * @param build what runs before it is bundled
 * @param assets the folder of its static files
 * @param routes the patterns of its addresses
 * @param observability whether its logs are kept
 */
public record WranglerWorker(
        Optional<String> name,
        Optional<Path> main,
        Optional<String> compatibilityDate,
        List<String> compatibilityFlags,
        List<D1Binding> databases,
        List<KvBinding> namespaces,
        List<R2Binding> buckets,
        List<String> variables,
        List<String> crons,
        Optional<BuildCommand> build,
        Optional<Path> assets,
        List<String> routes,
        boolean observability) {

    public WranglerWorker {
        compatibilityFlags = List.copyOf(compatibilityFlags);
        databases = List.copyOf(databases);
        namespaces = List.copyOf(namespaces);
        buckets = List.copyOf(buckets);
        variables = List.copyOf(variables);
        crons = List.copyOf(crons);
        routes = List.copyOf(routes);
    }
}
