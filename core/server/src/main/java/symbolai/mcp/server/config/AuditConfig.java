package symbolai.mcp.server.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The audit log.
 *
 * @param durability when a record counts as written
 * @param checkpointFolder where signed checkpoints are written too, so that a log that was cut off is noticed
 * @param arguments what is kept of a call's arguments
 * @param sealPersons whether names, addresses and programs of callers are readable only while the person is not forgotten
 * @param retentionDays after how many days records are removed; 0 means never
 */
public record AuditConfig(
        Durability durability,
        Optional<Path> checkpointFolder,
        Arguments arguments,
        boolean sealPersons,
        int retentionDays) {

    /** When a record counts as written. */
    public enum Durability {
        /** When the disk has it. */
        DURABLE,
        /** When it is queued; a crash may lose the last ones. */
        QUEUED
    }

    /** What is kept of a call's arguments. */
    public enum Arguments {
        /** Their hash, which tells whether two calls had the same. */
        HASH,
        /** Their hash, and themselves, sealed with the caller's key. */
        SEALED
    }

    /** A log for ever, without anything sealed or written elsewhere. */
    public AuditConfig(Durability durability) {
        this(durability, Optional.empty(), Arguments.HASH, false, 0);
    }
}
