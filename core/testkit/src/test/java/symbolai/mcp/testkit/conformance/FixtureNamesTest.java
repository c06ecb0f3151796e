package symbolai.mcp.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import symbolai.mcp.api.Prompt;
import symbolai.mcp.api.Resource;
import symbolai.mcp.api.Tool;

/** The product must not know the fixtures, or it could be made to pass for their sake. */
class FixtureNamesTest {
    private static final Path ROOT = Path.of(System.getProperty("project.root"));
    private static final Path TESTKIT = ROOT.resolve("core/testkit");
    private static final Set<String> NOT_OURS = Set.of(".git", "target", "node_modules");
    private static final Pattern TEXT =
            Pattern.compile(".*\\.(java|mjs|js|json|xml|ya?ml|md|properties|sql|sh|txt)|[^.]*");

    @Test
    void noFixtureIsNamedOutsideTheTestkit() throws IOException {
        var names = Pattern.compile(names().map(FixtureNamesTest::occurrence).collect(Collectors.joining("|")));

        var found = new ArrayList<String>();
        for (var file : files()) {
            names.matcher(text(file))
                    .results()
                    .forEach(match -> found.add(ROOT.relativize(file) + ": " + match.group()));
        }

        assertThat(found).isEmpty();
    }

    private static Stream<String> names() {
        var family = new ConformanceFamily();
        var context = new BareContext();
        return Stream.of(
                        family.tools(context).stream().map(Tool::name),
                        family.prompts(context).stream().map(Prompt::name),
                        family.resources(context).stream().map(Resource::uri))
                .flatMap(names -> names);
    }

    /** A name that is an ordinary word counts only in quotes. */
    private static String occurrence(String name) {
        var quoted = Pattern.quote(name);
        return name.matches("[a-z]+") ? "[\"'`]" + quoted + "[\"'`]" : "\\b" + quoted + "\\b";
    }

    private static List<Path> files() throws IOException {
        var files = new ArrayList<Path>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                var skipped = folder.equals(TESTKIT)
                        || NOT_OURS.contains(folder.getFileName().toString());
                return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (TEXT.matcher(file.getFileName().toString()).matches()) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
