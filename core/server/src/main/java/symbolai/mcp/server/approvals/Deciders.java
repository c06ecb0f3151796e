package symbolai.mcp.server.approvals;

import io.vertx.core.Future;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import symbolai.mcp.api.Role;
import symbolai.mcp.server.store.UserRow;
import symbolai.mcp.server.store.UserStore;

/** Knows who may approve at this moment. */
final class Deciders {

    private static final String LOCAL = "local";

    private final UserStore users;

    Deciders(UserStore users) {
        this.users = users;
    }

    /** Whether there are enough users besides the requester. */
    Future<Boolean> enough(Approvers approvers, String requester) {
        return users.list().map(rows -> others(rows, approvers, requester) >= approvers.required());
    }

    /** Whether those who said yes and may decide at this moment are as many as it takes: who lost the right does not count any more. */
    Future<Boolean> stillEnough(Approval approval) {
        return standing(approval.approvers())
                .map(may -> approval.votes().stream()
                                .filter(vote -> vote.granted()
                                        && may.contains(vote.approver().id()))
                                .count()
                        >= approval.approvers().required());
    }

    /** The ids of all who may decide; among them whoever uses the shell of the server. */
    Future<Set<String>> standing(Approvers approvers) {
        return users.list()
                .map(rows -> Stream.concat(
                                Stream.of(LOCAL),
                                rows.stream()
                                        .filter(user -> isOne(approvers, user))
                                        .map(UserRow::id))
                        .collect(Collectors.toSet()));
    }

    private static boolean isOne(Approvers approvers, UserRow user) {
        return approvers.include(user.name(), Role.valueOf(user.role().toUpperCase(Locale.ROOT)));
    }

    private static long others(List<UserRow> rows, Approvers approvers, String requester) {
        return rows.stream()
                .filter(user -> !user.id().equals(requester))
                .filter(user -> isOne(approvers, user))
                .count();
    }
}
