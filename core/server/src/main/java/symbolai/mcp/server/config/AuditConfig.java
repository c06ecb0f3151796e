package symbolai.mcp.server.config;

/**
 * The audit log.
 *
 * @param durability when a record counts as written
 */
public record AuditConfig(Durability durability) {

    /** When a record counts as written. */
    public enum Durability {
        /** When the disk has it. */
        DURABLE,
        /** When it is queued; a crash may lose the last ones. */
        QUEUED
    }
}
