package symbolai.mcp.plugins.cloudflare.remote;

import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;

/** A cursor that counts what was given before. */
final class LineCursor {

    private LineCursor() {}

    static int read(String cursor) {
        if (!cursor.matches("[0-9]{1,9}")) {
            throw new ToolException(Reason.INVALID, "the cursor is not one that was given here");
        }
        return Integer.parseInt(cursor);
    }
}
