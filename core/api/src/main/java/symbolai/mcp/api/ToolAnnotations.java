package symbolai.mcp.api;

/**
 * What a tool does to the world. Clients decide by it what they ask their user, so it must be true.
 *
 * @param readOnly changes nothing
 * @param destructive may delete or overwrite; of no meaning when read-only
 * @param idempotent a second call with the same arguments changes nothing more
 * @param openWorld reaches beyond the connected account
 */
public record ToolAnnotations(boolean readOnly, boolean destructive, boolean idempotent, boolean openWorld) {

    /** Reads only. */
    public static final ToolAnnotations READ_ONLY = new ToolAnnotations(true, false, true, false);

    /** Adds something, and never deletes or overwrites. */
    public static final ToolAnnotations ADDITIVE = new ToolAnnotations(false, false, false, false);

    /** May delete or overwrite. */
    public static final ToolAnnotations DESTRUCTIVE = new ToolAnnotations(false, true, false, false);
}
