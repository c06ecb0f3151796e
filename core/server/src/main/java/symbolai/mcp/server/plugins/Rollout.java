package symbolai.mcp.server.plugins;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import symbolai.mcp.server.plugins.PluginFolder.Look;
import symbolai.mcp.server.plugins.Roster.Serving;
import symbolai.mcp.server.tools.Family;

/** Brings what serves in line with what lies in the folder: new versions take over, those whose zip is gone end. */
final class Rollout {

    private static final Logger LOG = LoggerFactory.getLogger(Rollout.class);

    /** A version on its way in. */
    private record Candidate(PluginVersion version, Future<Family> family) {}

    private final WorkerExecutor worker;
    private final PluginFolder folder;
    private final Intake intake;
    private final Publication publication;
    private final Retirement retirement;
    private final Roster roster;
    private final Refusals refusals;
    private final Set<String> gone = new HashSet<>();
    private final Set<Future<Void>> underWay = ConcurrentHashMap.newKeySet();

    Rollout(
            WorkerExecutor worker,
            PluginFolder folder,
            Intake intake,
            Publication publication,
            Retirement retirement,
            Roster roster,
            Refusals refusals) {
        this.worker = worker;
        this.folder = folder;
        this.intake = intake;
        this.publication = publication;
        this.retirement = retirement;
        this.roster = roster;
        this.refusals = refusals;
    }

    /** Acts on one look at the folder. */
    Future<Void> apply(Look look) {
        return intake.take(look)
                .compose(Rollout::start)
                .compose(candidates -> worker.executeBlocking(() -> settle(candidates, look), false))
                .mapEmpty();
    }

    private static Future<List<Candidate>> start(List<PluginVersion> opened) {
        var candidates = opened.stream()
                .map(version -> new Candidate(version, version.start()))
                .toList();
        return Future.join(candidates.stream().map(Candidate::family).toList())
                .otherwiseEmpty()
                .map(candidates);
    }

    private Look settle(List<Candidate> candidates, Look look) {
        candidates.forEach(this::settle);
        gone.addAll(look.gone());
        gone.removeAll(look.there());
        look.gone().forEach(roster::forgive);
        withdrawAll(serving -> gone.contains(serving.file()) && !roster.refuses(serving.id()));
        if (!look.gone().isEmpty()) {
            lookAgainAtTheRefused();
        }
        return look;
    }

    private void settle(Candidate candidate) {
        var version = candidate.version();
        if (candidate.family().failed()) {
            discard(version, candidate.family().cause());
            return;
        }
        try {
            serve(version, candidate.family().result());
        } catch (PluginRefused why) {
            discard(version, why);
        }
    }

    private void discard(PluginVersion version, Throwable why) {
        refusals.refuse(version.zip(), why);
        await(retirement.end(version));
    }

    private void serve(PluginVersion version, Family family) {
        var zip = version.zip();
        var former = roster.serving(zip.id());
        var warnings = publication.publish(family, former.map(Serving::family));
        roster.serve(new Serving(version, family, warnings));
        roster.forgive(zip.file());
        about(LOG.atInfo(), version).addKeyValue("tools", family.tools().size()).log("plugin loaded");
        if (!warnings.isEmpty()) {
            about(LOG.atWarn(), version)
                    .addKeyValue("findings", warnings.size())
                    .addKeyValue("first", warnings.get(0))
                    .log("plugin could be better, see plugin list");
        }
        former.ifPresent(it -> end(it.version()));
        withdrawAll(serving -> serving.file().equals(zip.file()) && serving.version() != version);
        version.onChanged(() -> listAgain(version));
        lookAgainAtTheRefused();
    }

    private void withdrawAll(Predicate<Serving> which) {
        roster.serving().stream().filter(which).forEach(this::withdraw);
    }

    private void withdraw(Serving serving) {
        publication.withdraw(serving.family());
        about(LOG.atInfo(), serving.version()).log("plugin withdrawn");
        end(serving.version());
        lookAgainAtTheRefused();
    }

    private void end(PluginVersion version) {
        roster.drain(version);
        await(retirement.end(version));
    }

    private void lookAgainAtTheRefused() {
        roster.refusedBecauseOfOthers().forEach(folder::forget);
    }

    private void listAgain(PluginVersion version) {
        await(version.lists()
                .compose(family -> worker.executeBlocking(() -> publishAgain(version, family), false))
                .onFailure(failure -> about(LOG.atWarn(), version)
                        .addKeyValue("reason", failure.getMessage())
                        .log("plugin keeps its former lists"))
                .mapEmpty());
    }

    private PluginVersion publishAgain(PluginVersion version, Family family) {
        var serving = roster.serving(version.zip().id());
        if (serving.isPresent() && serving.get().version() == version) {
            var warnings = publication.publish(family, serving.map(Serving::family));
            roster.serve(new Serving(version, family, warnings));
            lookAgainAtTheRefused();
        }
        return version;
    }

    /** Ends everything: first what uses the outside systems, then what connects to them. */
    Future<Void> close() {
        return withdrawAndAwait(serving -> serving.family().connectors().isEmpty())
                .compose(v -> withdrawAndAwait(serving -> true));
    }

    private Future<Void> withdrawAndAwait(Predicate<Serving> which) {
        return worker.executeBlocking(() -> withdrawNow(which), false)
                .compose(Future::join)
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    private List<Future<Void>> withdrawNow(Predicate<Serving> which) {
        withdrawAll(which);
        return List.copyOf(underWay);
    }

    private void await(Future<Void> work) {
        underWay.add(work);
        work.onComplete((done, failure) -> underWay.remove(work));
    }

    private static LoggingEventBuilder about(LoggingEventBuilder event, PluginVersion version) {
        return event.addKeyValue("plugin", version.zip().id())
                .addKeyValue("version", version.zip().version());
    }
}
