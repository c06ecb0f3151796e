package symbolai.mcp.api;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * How a tool is called over REST. The parameters of GET and DELETE are in the query, those of POST and PUT in a JSON body; texts are turned into
 * the types of the input schema.
 *
 * @param method the HTTP method
 * @param path below {@code /api/mcp/}, such as {@code d1/info}: two or three parts of {@code [a-z0-9-]}, beginning with the family's name
 * @param names the arguments that have another name over REST, by that name, such as {@code id} to {@code databaseId}
 */
public record RestBinding(Method method, String path, Map<String, String> names) {

    /** An HTTP method that a binding may have. */
    public enum Method {
        GET,
        POST,
        PUT,
        DELETE
    }

    private static final Pattern PATH = Pattern.compile("[a-z0-9-]+(/[a-z0-9-]+){1,2}");

    /**
     * Checks the path.
     *
     * @throws IllegalArgumentException when the path is not of the form above
     */
    public RestBinding {
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException(
                    "the REST path \"" + path + "\" must be two or three parts of a-z, 0-9 and -, joined by /");
        }
        names = Map.copyOf(names);
    }

    /** For a tool that changes nothing. */
    public static RestBinding get(String path) {
        return new RestBinding(Method.GET, path, Map.of());
    }

    /** For a tool whose arguments are long or that changes something. */
    public static RestBinding post(String path) {
        return new RestBinding(Method.POST, path, Map.of());
    }

    /** For a tool that puts something in place. */
    public static RestBinding put(String path) {
        return new RestBinding(Method.PUT, path, Map.of());
    }

    /** For a tool that removes something. */
    public static RestBinding delete(String path) {
        return new RestBinding(Method.DELETE, path, Map.of());
    }

    /** The same with one argument under another name, beside those renamed before. */
    public RestBinding renamed(String parameter, String argument) {
        var all = new TreeMap<>(names);
        all.put(parameter, argument);
        return new RestBinding(method, path, all);
    }
}
