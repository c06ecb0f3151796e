package symbolai.mcp.testkit;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The operations as {@code docs/operations.md} writes them down. */
public final class OperationBook {

    private static final Pattern BLOCK = Pattern.compile("```json\\n(.*?)\\n```", Pattern.DOTALL);

    private final Map<String, JsonObject> operations = new TreeMap<>();

    private OperationBook(String document) {
        BLOCK.matcher(document)
                .results()
                .map(OperationBook::block)
                .forEach(block -> operations.put(block.getString("operation"), block));
    }

    /** Reads the document below the folder that the system property {@code project.root} names. */
    public static OperationBook read() {
        var file = Path.of(System.getProperty("project.root"), "docs", "operations.md");
        try {
            return new OperationBook(Files.readString(file));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** The names of all operations. */
    public Set<String> names() {
        return operations.keySet();
    }

    /** Whether an operation may be sent as this: {@code read} or {@code write}. */
    public boolean allows(String operation, String access) {
        return entry(operation).getJsonArray("access").contains(access);
    }

    /** The check of an operation's arguments. */
    public SchemaCheck arguments(String operation) {
        return new SchemaCheck(entry(operation).getJsonObject("arguments"));
    }

    /** The check of an operation's result. */
    public SchemaCheck result(String operation) {
        return new SchemaCheck(entry(operation).getJsonObject("result"));
    }

    private JsonObject entry(String operation) {
        var entry = operations.get(operation);
        if (entry == null) {
            throw new AssertionError("docs/operations.md does not know " + operation);
        }
        return entry;
    }

    private static JsonObject block(MatchResult found) {
        return new JsonObject(found.group(1));
    }
}
