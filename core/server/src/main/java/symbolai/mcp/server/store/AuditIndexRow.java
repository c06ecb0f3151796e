package symbolai.mcp.server.store;

/**
 * What the index knows of one record of the audit log. What a record does not say is an empty text.
 *
 * @param words what is searched for free text, in lower case
 * @param file the segment that the record is in
 * @param place where its line begins there
 */
public record AuditIndexRow(
        long seq,
        long at,
        String event,
        String caller,
        String client,
        String tool,
        String outcome,
        String decision,
        String rule,
        String address,
        String account,
        String database,
        String approval,
        String words,
        String file,
        long place) {}
