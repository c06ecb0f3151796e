package symbolai.mcp.plugins.local.workers;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import symbolai.mcp.plugins.local.store.Payload;

/**
 * A Worker that was checked as far as that goes without running it.
 *
 * @param modules the main one first
 * @param settings bindings, compatibility date and flags, as {@code workers.settings} gives them
 * @param handlers what the code seems to handle
 */
record Upload(
        String name, List<WorkerModule> modules, JsonObject settings, List<String> handlers, Optional<String> message) {

    private static final int MOST_BYTES = 10 << 20;
    private static final int MOST_MODULES = 200;
    private static final int LONGEST_MESSAGE = 1000;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,63}");
    private static final List<String> HANDLERS = List.of("fetch", "scheduled", "queue", "email", "tail");

    Upload {
        modules = List.copyOf(modules);
        handlers = List.copyOf(handlers);
    }

    /** As the arguments say; INVALID where Cloudflare would not take it. */
    static Upload read(JsonObject arguments) {
        var name = arguments.getString("name", "");
        if (!NAME.matcher(name).matches()) {
            throw WorkerModule.invalid("a Worker's name has 1 to 63 letters, digits, _ and -");
        }
        var modules = mainFirst(modules(arguments.getJsonArray("modules", new JsonArray())), arguments);
        var message = Optional.ofNullable(arguments.getString("message"))
                .map(text -> text.substring(0, Math.min(text.length(), LONGEST_MESSAGE)));
        return new Upload(name, modules, settings(arguments), handlers(modules.get(0)), message);
    }

    /** The same with the bindings that were there before. */
    Upload keeping(JsonArray before) {
        var merged = settings.copy().put("bindings", Bindings.merged(before, settings.getJsonArray("bindings")));
        return new Upload(name, modules, merged, handlers, message);
    }

    String etag() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var module : modules) {
                digest.update(module.name().getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
                digest.update(module.body());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    private static List<WorkerModule> modules(JsonArray json) {
        var modules = new ArrayList<WorkerModule>();
        var names = new HashSet<String>();
        var bytes = 0L;
        for (var index = 0; index < json.size(); index++) {
            var module = WorkerModule.read(json.getJsonObject(index));
            if (!names.add(module.name())) {
                throw WorkerModule.invalid("two modules are named " + module.name());
            }
            bytes += module.body().length;
            modules.add(module);
        }
        if (modules.isEmpty() || modules.size() > MOST_MODULES || bytes > MOST_BYTES) {
            throw WorkerModule.invalid(
                    "a Worker has 1 to %d modules with at most %d bytes together, and these are %d with %d"
                            .formatted(MOST_MODULES, MOST_BYTES, modules.size(), bytes));
        }
        return modules;
    }

    private static List<WorkerModule> mainFirst(List<WorkerModule> modules, JsonObject arguments) {
        if (arguments.getBoolean("script", false) && modules.size() > 1) {
            throw WorkerModule.invalid("a service-worker script is one module; leave script out for ES modules");
        }
        var named = Optional.ofNullable(arguments.getString("mainModule"));
        if (named.isEmpty() && modules.size() > 1) {
            throw WorkerModule.invalid("mainModule names the module that runs first, since there are several");
        }
        var wanted = named.orElse(modules.get(0).name());
        var main = modules.stream()
                .filter(module -> module.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> WorkerModule.invalid("there is no module " + wanted + ", which mainModule names"));
        if (!main.isCode() && !main.contentType().equals("text/x-python")) {
            throw WorkerModule.invalid("the main module " + wanted + " is no code but " + main.contentType());
        }
        var ordered = new ArrayList<>(modules);
        ordered.remove(main);
        ordered.add(0, main);
        return ordered;
    }

    private static JsonObject settings(JsonObject arguments) {
        var settings = new JsonObject()
                .put("bindings", Bindings.kept(arguments.getJsonArray("bindings", new JsonArray())))
                .put("compatibilityFlags", arguments.getJsonArray("compatibilityFlags", new JsonArray()))
                .put("usageModel", "standard");
        Optional.ofNullable(arguments.getString("compatibilityDate"))
                .ifPresent(date -> settings.put("compatibilityDate", date));
        return settings;
    }

    /** By their names in the main module: nothing here can run the code and ask it. */
    private static List<String> handlers(WorkerModule main) {
        var text = Payload.text(main.body()).orElse("");
        return HANDLERS.stream().filter(handler -> handles(text, handler)).toList();
    }

    private static boolean handles(String text, String handler) {
        for (var at = text.indexOf(handler); at >= 0; at = text.indexOf(handler, at + 1)) {
            var before = at == 0 ? ' ' : text.charAt(at - 1);
            var after = text.substring(at + handler.length(), Math.min(text.length(), at + handler.length() + 2));
            var defined = " \t\n{,".indexOf(before) >= 0 && (after.startsWith("(") || after.startsWith(":"));
            var listened =
                    (before == '"' || before == '\'') && text.startsWith("addEventListener(", Math.max(0, at - 18));
            if (defined || listened) {
                return true;
            }
        }
        return false;
    }
}
