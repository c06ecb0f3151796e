package symbolai.mcp.server.plugins;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down why a zip does not serve: once in the log, and in the roster for as long as it holds. */
final class Refusals {

    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private final Roster roster;

    Refusals(Roster roster) {
        this.roster = roster;
    }

    void refuse(ExpandedZip zip, Throwable why) {
        refuse(zip.file(), zip.id(), zip.version(), why);
    }

    /** The zip could not be read so far that its id is known. */
    void refuse(String file, Throwable why) {
        refuse(file, "", "", why);
    }

    private void refuse(String file, String id, String version, Throwable failure) {
        var refused = failure instanceof PluginRefused it ? it : new PluginRefused(failure.toString());
        if (!roster.refuse(file, id, version, refused)) {
            return;
        }
        LOG.atWarn()
                .setCause(failure == refused ? failure.getCause() : failure)
                .addKeyValue("file", ZipDirectory.quoted(file))
                .addKeyValue("plugin", id)
                .addKeyValue("version", version)
                .addKeyValue("reason", refused.getMessage())
                .log("plugin refused");
    }
}
