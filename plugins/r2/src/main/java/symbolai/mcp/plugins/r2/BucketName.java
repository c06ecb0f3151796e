package symbolai.mcp.plugins.r2;

import java.util.regex.Pattern;
import symbolai.mcp.api.Quoted;
import symbolai.mcp.api.ToolException;

/** The form of a bucket's name. */
final class BucketName {

    /** As a pattern of JSON Schema. */
    static final String PATTERN = "^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$";

    private static final Pattern FORM = Pattern.compile(PATTERN);

    private BucketName() {}

    /** The name, where it is one. */
    static String checked(String name) {
        if (!FORM.matcher(name).matches()) {
            throw new ToolException(
                    ToolException.Reason.INVALID,
                    "\"" + Quoted.text(name) + "\" is no bucket; a name has 3 to 63 lower-case letters, digits and -");
        }
        return name;
    }
}
