package symbolai.mcp.plugins.observability;

import static symbolai.mcp.api.Schemas.integer;
import static symbolai.mcp.api.Schemas.string;

import io.vertx.core.json.JsonArray;
import java.time.Clock;
import java.util.List;
import symbolai.mcp.api.Fence;
import symbolai.mcp.api.RestBinding;
import symbolai.mcp.api.Schemas;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolAnnotations;

/** The tools of the Observability family, in the order in which clients see them. */
final class ObservabilityTools {

    private static final String READ = "Workers Observability:Read";

    private final QueryEvents query;
    private final ReadMetrics metrics;
    private final TailEvents tail;

    ObservabilityTools(Clock clock) {
        var fence = new Fence("the logs of Workers");
        this.query = new QueryEvents(fence, clock);
        this.metrics = new ReadMetrics(fence, clock);
        this.tail = new TailEvents(fence, clock);
    }

    List<Tool> list() {
        return List.of(query(), calculate(), keys(), values(), tail());
    }

    private Tool query() {
        return reader("observability_query", "Search the events of Workers")
                .description(
                        "Finds what Workers logged and how their invocations ended, newest first, in the last hour or another time of at most seven days."
                                + " Narrow it by worker, needle or filters; observability_keys lists what can be filtered.")
                .input(EventSchemas.search(Schemas.object())
                        .optional(
                                "limit",
                                integer("How many events, else 50; fewer come when more do not fit.")
                                        .put("minimum", 1)
                                        .put("maximum", 2000))
                        .optional(
                                "offset",
                                string("From here on: the offset of the answer before.")
                                        .put("maxLength", 2000))
                        .build())
                .output(EventSchemas.events())
                .rest(RestBinding.post("observability/query"))
                .handler(query::call);
    }

    private Tool calculate() {
        var calculations =
                new JsonArray(List.of("count", "uniq", "min", "max", "sum", "avg", "median", "p90", "p95", "p99"));
        return reader("observability_calculate", "Calculate over the events of Workers")
                .description(
                        "Counts the events of Workers, or calculates over the values of a key, in all or for each value of groupBy."
                                + " Use it instead of observability_query when a number is wanted and not the events.")
                .input(EventSchemas.search(Schemas.object()
                                .required(
                                        "calculation",
                                        string("What to calculate.").put("enum", calculations))
                                .optional("key", EventSchemas.key("What to calculate over; count needs none."))
                                .optional("groupBy", EventSchemas.key("One result for each value of this key.")))
                        .optional(
                                "limit",
                                integer("How many groups, else 10.")
                                        .put("minimum", 1)
                                        .put("maximum", 100))
                        .build())
                .output(EventSchemas.groups())
                .rest(RestBinding.post("observability/calculate"))
                .handler(metrics::calculate);
    }

    private Tool keys() {
        return reader("observability_keys", "List the keys of events")
                .description(
                        "Lists the keys that events have in a time, with the type of their values."
                                + " Use it to find what observability_query can filter and observability_calculate can group by.")
                .input(EventSchemas.time(Schemas.object())
                        .optional("needle", EventSchemas.needle("Only keys that hold this text."))
                        .optional("limit", EventSchemas.limit())
                        .build())
                .output(EventSchemas.keys())
                .rest(RestBinding.get("observability/keys"))
                .handler(metrics::keys);
    }

    private Tool values() {
        var types = new JsonArray(List.of("string", "number", "boolean"));
        return reader("observability_values", "List the values of a key of events")
                .description("Lists the values that a key of events has in a time."
                        + " Use it to find the exact value for a filter, such as the name of a Worker.")
                .input(EventSchemas.time(Schemas.object()
                                .required("key", EventSchemas.key("The key, such as $metadata.service.")))
                        .optional(
                                "type",
                                string("The type of its values, else string.").put("enum", types))
                        .optional("needle", EventSchemas.needle("Only values that hold this text."))
                        .optional("limit", EventSchemas.limit())
                        .build())
                .output(EventSchemas.values())
                .rest(RestBinding.get("observability/values"))
                .handler(metrics::values);
    }

    private Tool tail() {
        return reader("observability_tail", "Watch the events of Workers")
                .description(
                        "Watches events as they come for some seconds, reporting each on the way, and gives those that came."
                                + " Use it while something is being tried; observability_query finds what has happened.")
                .input(EventSchemas.filtered(Schemas.object()
                                .optional(
                                        "seconds",
                                        integer("How long to watch, else 30.")
                                                .put("minimum", 1)
                                                .put("maximum", 300)))
                        .build())
                .output(EventSchemas.events())
                .rest(RestBinding.post("observability/tail"))
                .handler(tail::call);
    }

    private static Tool.Builder reader(String tool, String title) {
        return Tool.named(tool)
                .title(title)
                .annotations(ToolAnnotations.READ_ONLY)
                .permission(READ);
    }
}
