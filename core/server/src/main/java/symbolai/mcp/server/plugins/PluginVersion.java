package symbolai.mcp.server.plugins;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import symbolai.mcp.api.Connector;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.Prompt;
import symbolai.mcp.api.Resource;
import symbolai.mcp.api.ResourceTemplate;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolFamily;
import symbolai.mcp.server.connections.Lease;
import symbolai.mcp.server.tools.Family;

/** One version of a plugin from its first class to its last: makes its families, starts them, asks for their lists, closes them. */
final class PluginVersion {

    private final ExpandedZip zip;
    private final SinglePlugin pf4j;
    private final Foreign foreign;
    private final LentContext context;
    private final TimeLimits limits;
    private final Lease lease = new Lease();
    private final AtomicBoolean changed = new AtomicBoolean();
    private volatile List<ToolFamily> families = List.of();
    private volatile Runnable onChanged = () -> {};

    PluginVersion(ExpandedZip zip, SinglePlugin pf4j, Foreign foreign, LentContext context, TimeLimits limits) {
        this.zip = zip;
        this.pf4j = pf4j;
        this.foreign = foreign;
        this.context = context;
        this.limits = limits;
    }

    ExpandedZip zip() {
        return zip;
    }

    Lease lease() {
        return lease;
    }

    /** Makes and starts the families; the future is what they offer. */
    Future<Family> start() {
        context.onChanged(this::tellOnce);
        return foreign.run("making its families", limits.start(), this::makeFamilies)
                .compose(made -> foreign.run("its start", limits.start(), this::startFamilies))
                .compose(started -> lists());
    }

    private Future<Void> makeFamilies() throws ClassNotFoundException {
        var made = new ArrayList<ToolFamily>();
        for (var name : pf4j.getExtensionClassNames(zip.id())) {
            made.add(family(pf4j.getPluginClassLoader(zip.id()).loadClass(name)));
            families = List.copyOf(made);
        }
        return Future.succeededFuture();
    }

    private ToolFamily family(Class<?> type) {
        if (!ToolFamily.class.isAssignableFrom(type)) {
            throw new PluginRefused(
                    type.getName() + " is marked with @Extension but is no " + ToolFamily.class.getName());
        }
        return (ToolFamily) pf4j.getExtensionFactory().create(type);
    }

    private Future<Void> startFamilies() {
        var starting = families.stream().map(this::startFamily).toList();
        return Future.all(starting).mapEmpty();
    }

    private Future<Void> startFamily(ToolFamily family) {
        return given(family.start(context), family, "start");
    }

    /** Who hears that the lists have changed: once for each time they were asked for, also when that was before. */
    void onChanged(Runnable listener) {
        onChanged = listener;
        if (changed.get()) {
            listener.run();
        }
    }

    private void tellOnce() {
        if (changed.compareAndSet(false, true)) {
            onChanged.run();
        }
    }

    /** Asks the families for what they offer now. */
    Future<Family> lists() {
        return foreign.run("listing what it offers", limits.lists(), this::askForLists);
    }

    private Future<Family> askForLists() {
        changed.set(false);
        List<Tool> tools = all("tools", ToolFamily::tools);
        List<Resource> resources = all("resources", ToolFamily::resources);
        List<ResourceTemplate> templates = all("resourceTemplates", ToolFamily::resourceTemplates);
        List<Prompt> prompts = all("prompts", ToolFamily::prompts);
        List<Connector> connectors = all("connectors", ToolFamily::connectors);
        return Future.succeededFuture(
                new Family(zip.id(), zip.version(), tools, resources, templates, prompts, connectors, lease));
    }

    private <T> List<T> all(String what, BiFunction<ToolFamily, FamilyContext, List<T>> list) {
        var all = new ArrayList<T>();
        families.forEach(family -> all.addAll(given(list.apply(family, context), family, what)));
        return all;
    }

    private static <T> T given(T value, ToolFamily family, String method) {
        if (value == null) {
            throw new PluginRefused(family.getClass().getName() + "." + method + " returned null");
        }
        return value;
    }

    /** Closes the families, then all that was lent to them. Fails with what went wrong, but never stops half-way. */
    Future<Void> close() {
        var closing = new ArrayList<Future<Void>>();
        for (int i = families.size() - 1; i >= 0; i--) {
            closing.add(foreign.run("its close", limits.close(), closing(families.get(i))));
        }
        families = List.of();
        return Future.join(closing).<Void>mapEmpty().eventually(context::close).eventually(foreign::close);
    }

    private static Callable<Future<Void>> closing(ToolFamily family) {
        return () -> {
            family.close();
            return Future.succeededFuture();
        };
    }

    /** Lets go of the classes; PF4J's part. */
    void unload() {
        pf4j.unloadPlugin(zip.id());
    }
}
