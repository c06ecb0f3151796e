package symbolai.mcp.server.tools;

import java.util.List;

/** Finds what is wrong with a family before anybody sees it. */
public final class FamilyCheck {
    /** What is wrong with the candidate, given what the other plugins offer; it may be published when no finding is an error. */
    public List<Finding> check(Family candidate, Catalog current) {
        return List.of();
    }
}
