package symbolai.mcp.server.tools;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import symbolai.mcp.api.RestBinding;
import symbolai.mcp.api.Tool;

/** The rules of a tool's REST binding. */
final class RestRules {

    /** First parts of paths that are the server's own. */
    private static final Set<String> RESERVED = Set.of("sse", "auth");
    /** Parameters that mean something to the server. */
    private static final Set<String> OWN_PARAMETERS = Set.of("_answers", "_state");

    List<Finding> check(String plugin, Tool tool) {
        return tool.rest().map(binding -> check(plugin, tool, binding)).orElseGet(List::of);
    }

    /** What no two tools may have. */
    static String address(RestBinding binding) {
        return binding.method() + " " + binding.path();
    }

    private static List<Finding> check(String plugin, Tool tool, RestBinding binding) {
        var findings = new ArrayList<Finding>();
        var name = "tool '" + Shown.plain(tool.name()) + "': REST binding " + address(binding);
        var first = binding.path().substring(0, binding.path().indexOf('/'));
        if (RESERVED.contains(first)) {
            findings.add(Finding.error(name + ": paths below " + first + " are the server's own"));
        } else if (!first.equals(plugin)) {
            findings.add(Finding.warning(name + ": the path does not begin with the plugin's id '" + plugin + "'"));
        }
        if (binding.method() == RestBinding.Method.GET && !tool.annotations().readOnly()) {
            findings.add(Finding.error(name + ": GET is for tools that only read; use POST, PUT or DELETE"));
        }
        findings.addAll(names(tool, binding, name));
        return findings;
    }

    private static List<Finding> names(Tool tool, RestBinding binding, String name) {
        var findings = new ArrayList<Finding>();
        var arguments = tool.inputSchema().getValue("properties") instanceof JsonObject properties
                ? properties.fieldNames()
                : Set.<String>of();
        binding.names().forEach((parameter, argument) -> {
            if (!arguments.contains(argument)) {
                findings.add(
                        Finding.error(name + ": " + Shown.text(argument) + ", which it calls " + Shown.text(parameter)
                                + ", is not an argument" + KnownNames.hint(argument, List.copyOf(arguments))));
            }
            if (arguments.contains(parameter) && !parameter.equals(argument)) {
                findings.add(Finding.error(name + ": " + Shown.text(parameter) + " is an argument already"));
            }
        });
        if (Set.copyOf(binding.names().values()).size() < binding.names().size()) {
            findings.add(Finding.error(name + ": an argument has two names"));
        }
        OWN_PARAMETERS.stream()
                .filter(own -> arguments.contains(own) || binding.names().containsKey(own))
                .forEach(own -> findings.add(Finding.error(name + ": the parameter " + own + " is the server's own")));
        return findings;
    }
}
