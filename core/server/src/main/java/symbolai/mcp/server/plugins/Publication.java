package symbolai.mcp.server.plugins;

import java.util.List;
import java.util.Optional;
import symbolai.mcp.server.connections.Connectors;
import symbolai.mcp.server.tools.Catalogs;
import symbolai.mcp.server.tools.Family;
import symbolai.mcp.server.tools.FamilyCheck;
import symbolai.mcp.server.tools.Finding;
import symbolai.mcp.server.tools.Finding.Severity;

/** Makes all that a family offers visible at once, or nothing of it. */
final class Publication {

    private final Catalogs catalogs;
    private final Connectors connectors;
    private final FamilyCheck check = new FamilyCheck();

    Publication(Catalogs catalogs, Connectors connectors) {
        this.catalogs = catalogs;
        this.connectors = connectors;
    }

    /** Puts the family in place of the plugin's former one; gives what the operator should look at. */
    List<String> publish(Family family, Optional<Family> former) {
        var findings = check.check(family, catalogs.current());
        var errors = messages(findings, Severity.ERROR);
        if (!errors.isEmpty()) {
            throw new PluginRefused(errors, PluginRefused.Retry.WHEN_OTHERS_CHANGE);
        }
        try {
            connectors.publish(family.plugin(), family.connectors(), family.lease());
            publishLists(family, former);
        } catch (IllegalArgumentException e) {
            throw new PluginRefused(List.of(String.valueOf(e.getMessage())), PluginRefused.Retry.WHEN_OTHERS_CHANGE);
        }
        return messages(findings, Severity.WARNING);
    }

    private void publishLists(Family family, Optional<Family> former) {
        try {
            catalogs.publish(family);
        } catch (IllegalArgumentException e) {
            connectors.withdraw(family.plugin(), family.lease());
            former.ifPresent(it -> connectors.publish(it.plugin(), it.connectors(), it.lease()));
            throw e;
        }
    }

    /** Takes the family away, if it is the one that its plugin offers. */
    void withdraw(Family family) {
        catalogs.withdraw(family.plugin(), family.lease());
        connectors.withdraw(family.plugin(), family.lease());
    }

    private static List<String> messages(List<Finding> findings, Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .map(Finding::message)
                .toList();
    }
}
