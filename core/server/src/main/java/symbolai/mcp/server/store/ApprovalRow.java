package symbolai.mcp.server.store;

import java.util.List;

/**
 * A stored request for an approval.
 *
 * @param digest of all that the approval is bound to
 * @param state how far it has come, in lower case
 * @param round counts the entries into the call that the approval let in
 * @param requester the id of the user who asks
 * @param credential the id of the key, grant or sign-in with which was asked; may be empty
 * @param account what the requester is connected to, in words
 * @param target what the call is done to, in words; may be empty
 * @param subject tells that thing from all others; may be empty
 * @param roles of those who may decide, a JSON array for each rule that asks for it
 * @param users the names of others who may decide, likewise
 * @param required how many must approve
 * @param sealed the arguments and what was shown, sealed
 * @param created in milliseconds since 1970
 * @param expires in milliseconds since 1970
 */
public record ApprovalRow(
        String id,
        String digest,
        String state,
        int round,
        String requester,
        String requesterName,
        String credential,
        String client,
        String address,
        String tool,
        String account,
        String target,
        String subject,
        String rule,
        String reason,
        List<String> roles,
        List<String> users,
        int required,
        String sealed,
        long created,
        long expires) {

    public ApprovalRow {
        roles = List.copyOf(roles);
        users = List.copyOf(users);
    }
}
