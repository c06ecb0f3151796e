package symbolai.mcp.server.plugins;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import symbolai.mcp.server.plugins.PluginFolder.Look;

/** Turns the fresh zips of a look into versions that can be started, in the order of the zips' names. */
final class Intake {

    /** A zip on its way in. */
    private record Arrival(PluginFile file, Future<ExpandedZip> zip) {}

    private final Vertx vertx;
    private final WorkerExecutor worker;
    private final WorkFolder work;
    private final Openings openings;
    private final Roster roster;
    private final Refusals refusals;
    private final HostApi api = new HostApi(Intake.class.getClassLoader());

    Intake(Vertx vertx, WorkerExecutor worker, WorkFolder work, Openings openings, Roster roster, Refusals refusals) {
        this.vertx = vertx;
        this.worker = worker;
        this.work = work;
        this.openings = openings;
        this.roster = roster;
        this.refusals = refusals;
    }

    /** The opened versions; all others are refused. */
    Future<List<PluginVersion>> take(Look look) {
        var arrivals = look.fresh().stream().map(this::expand).toList();
        return Future.join(arrivals.stream().map(Arrival::zip).toList())
                .otherwiseEmpty()
                .compose(expanded -> worker.executeBlocking(() -> open(arrivals, look), false));
    }

    private Arrival expand(PluginFile file) {
        return new Arrival(file, vertx.executeBlocking(() -> expandNow(file), false));
    }

    private ExpandedZip expandNow(PluginFile file) throws IOException {
        var zip = PluginZip.read(file.path(), ZipLimits.DEFAULT, api);
        return new ExpandedZip(file.name(), zip.properties(), zip.sha256(), work.expand(zip));
    }

    private List<PluginVersion> open(List<Arrival> arrivals, Look look) throws IOException {
        var opened = new ArrayList<PluginVersion>();
        for (var arrival : arrivals) {
            if (arrival.zip().failed()) {
                refusals.refuse(arrival.file().name(), arrival.zip().cause());
            } else if (isWanted(arrival.zip().result(), opened, look)) {
                open(arrival.zip().result()).ifPresent(opened::add);
            } else {
                work.release(arrival.zip().result().folder());
            }
        }
        return opened;
    }

    private boolean isWanted(ExpandedZip zip, List<PluginVersion> opened, Look look) {
        var holder = roster.serving(zip.id()).map(serving -> serving.version().zip());
        if (holder.isPresent() && isSame(holder.get(), zip)) {
            roster.forgive(zip.file());
            return false;
        }
        var other = opened.stream()
                .map(PluginVersion::zip)
                .filter(it -> it.id().equals(zip.id()))
                .findFirst()
                .or(() -> holder.filter(it -> isInTheWay(it, zip, look)));
        other.ifPresent(it -> refusals.refuse(zip, taken(it)));
        return other.isEmpty();
    }

    private static boolean isSame(ExpandedZip holder, ExpandedZip zip) {
        return holder.file().equals(zip.file()) && holder.sha256().equals(zip.sha256());
    }

    private static boolean isInTheWay(ExpandedZip holder, ExpandedZip zip, Look look) {
        return !holder.file().equals(zip.file()) && look.there().contains(holder.file());
    }

    private static PluginRefused taken(ExpandedZip other) {
        return new PluginRefused(
                List.of("the plugin id '" + other.id() + "' is that of " + ZipDirectory.quoted(other.file())
                        + " already: remove one of the two zips"),
                PluginRefused.Retry.WHEN_OTHERS_CHANGE);
    }

    private Optional<PluginVersion> open(ExpandedZip zip) throws IOException {
        try {
            return Optional.of(openings.open(zip));
        } catch (RuntimeException | LinkageError e) {
            refusals.refuse(zip, e);
            work.release(zip.folder());
            return Optional.empty();
        }
    }
}
