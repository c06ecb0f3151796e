package symbolai.mcp.server.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the values of settings from what was collected; a wrong one is noted, and its default stands in. */
final class Values {

    private static final String HIDDEN = "***";

    private final Collected collected;
    private final Path user;

    Values(Collected collected, Path user) {
        this.collected = collected;
        this.user = user;
    }

    <T> T get(Setting<T> setting) {
        return collected
                .given(setting)
                .flatMap(given -> one(setting, given))
                .orElseGet(() -> setting.form().read().apply(setting.fallback()).orElseThrow());
    }

    <T> List<T> list(Setting<T> setting) {
        var values = new ArrayList<T>();
        var given = collected.given(setting).orElseGet(() -> Given.text(setting.fallback(), "default"));
        given.elements().forEach(text -> read(setting, text, given.source()).ifPresent(values::add));
        return values;
    }

    /** An absolute path; {@code ~} is the user's home folder. */
    Path path(Setting<Path> setting) {
        return absolute(get(setting));
    }

    Optional<Path> optionalPath(Setting<Optional<Path>> setting) {
        return get(setting).map(this::absolute);
    }

    String source(Setting<?> setting) {
        return collected.given(setting).map(Given::source).orElse("default");
    }

    List<Configuration.Effective> effective() {
        var effective = new ArrayList<Configuration.Effective>();
        for (var setting : Settings.ALL) {
            var value = collected
                    .given(setting)
                    .map(given -> setting.secret() ? HIDDEN : given.shown())
                    .orElse(setting.fallback());
            effective.add(new Configuration.Effective(setting.key(), value, source(setting)));
        }
        collected
                .sectionSources()
                .forEach((key, source) -> effective.add(new Configuration.Effective(key, HIDDEN, source)));
        return effective;
    }

    private <T> Optional<T> one(Setting<T> setting, Given given) {
        if (given.list()) {
            collected.problem(setting.key(), "must be one value, not a list", given.source());
            return Optional.empty();
        }
        return read(setting, given.texts().get(0).strip(), given.source());
    }

    private <T> Optional<T> read(Setting<T> setting, String text, String source) {
        var value = setting.form().read().apply(text);
        if (value.isEmpty()) {
            collected.problem(
                    setting.key(),
                    shown(setting, text) + " is not " + setting.form().expected(),
                    source);
        }
        return value;
    }

    private static String shown(Setting<?> setting, String text) {
        return setting.secret() ? "what was given" : "'" + text + "'";
    }

    private Path absolute(Path path) {
        var resolved = path.startsWith("~") ? user.resolve(Path.of("~").relativize(path)) : path;
        return resolved.toAbsolutePath().normalize();
    }
}
