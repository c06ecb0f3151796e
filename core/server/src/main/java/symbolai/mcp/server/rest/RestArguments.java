package symbolai.mcp.server.rest;

import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import symbolai.mcp.server.tools.KnownNames;
import symbolai.mcp.server.tools.Shown;

/** Reads the arguments of one tool out of a request. */
final class RestArguments {

    /** The field of the body that answers questions. */
    static final String ANSWERS = "_answers";
    /** The field of the body that goes with the answers. */
    static final String STATE = "_state";
    /** The parameter of the query that asks for a download. */
    static final String DOWNLOAD = "download";

    private static final String LIMIT = "limit";
    private static final int MOST = 100;

    private final RestTool tool;

    RestArguments(RestTool tool) {
        this.tool = tool;
    }

    /**
     * What was read.
     *
     * @param clamped the limit that was taken in place of the one asked for
     * @param rest the fields that are REST's own
     */
    record Read(JsonObject arguments, Optional<Integer> clamped, JsonObject rest) {}

    /** From the query, without a body. */
    Read query(Map<String, List<String>> query) {
        var arguments = new JsonObject();
        query.forEach((name, texts) -> {
            if (!isDownload(name)) {
                var argument = argument(name);
                arguments.put(argument, new QueryParameter(name, tool.schema(argument)).value(texts));
            }
        });
        return clamped(arguments, new JsonObject());
    }

    /** From a JSON body; the query says nothing but how to answer. */
    Read body(Map<String, List<String>> query, JsonObject fields) {
        query.keySet().stream().filter(name -> !isDownload(name)).findFirst().ifPresent(name -> {
            throw RestProblem.invalid("the parameter " + Shown.text(name) + " of the query belongs into the JSON body");
        });
        var arguments = new JsonObject();
        var rest = new JsonObject();
        for (var field : fields) {
            if (field.getKey().equals(ANSWERS) || field.getKey().equals(STATE)) {
                rest.put(field.getKey(), field.getValue());
            } else {
                arguments.put(argument(field.getKey()), field.getValue());
            }
        }
        return clamped(arguments, rest);
    }

    /** Whether the query asks for a download. */
    boolean wantsDownload(Map<String, List<String>> query) {
        var texts = isDownload(DOWNLOAD) ? query.getOrDefault(DOWNLOAD, List.of()) : List.<String>of();
        return !texts.isEmpty()
                && Boolean.TRUE.equals(
                        new QueryParameter(DOWNLOAD, new JsonObject().put("type", "boolean")).value(texts));
    }

    /** A tool's own parameter of this name is the tool's. */
    private boolean isDownload(String name) {
        return name.equals(DOWNLOAD) && !tool.parameters().contains(DOWNLOAD);
    }

    private String argument(String name) {
        return tool.argument(name)
                .orElseThrow(() -> RestProblem.invalid("the parameter " + Shown.text(name) + " is not known"
                        + KnownNames.hint(name, tool.parameters())));
    }

    /** A limit beyond what is useful is not worth an error. */
    private Read clamped(JsonObject arguments, JsonObject rest) {
        if (tool.schema(LIMIT).isEmpty() || !isWhole(arguments.getValue(LIMIT))) {
            return new Read(arguments, Optional.empty(), rest);
        }
        var asked = new BigInteger(String.valueOf(arguments.getValue(LIMIT)));
        int taken = asked.max(BigInteger.ONE).min(BigInteger.valueOf(MOST)).intValueExact();
        var clamped = asked.equals(BigInteger.valueOf(taken)) ? Optional.<Integer>empty() : Optional.of(taken);
        return new Read(arguments.put(LIMIT, taken), clamped, rest);
    }

    private static boolean isWhole(@Nullable Object value) {
        return value instanceof Integer || value instanceof Long || value instanceof BigInteger;
    }
}
