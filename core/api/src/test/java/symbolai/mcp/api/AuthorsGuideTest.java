package symbolai.mcp.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example in the authors' guide is a plugin that works. */
class AuthorsGuideTest {

    @TempDir
    Path classes;

    @Test
    void exampleCompilesAndOffersItsTool() throws Exception {
        compile(example());

        try (var loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            var family = (ToolFamily)
                    loader.loadClass("example.dice.DiceFamily").getConstructor().newInstance();

            assertThat(family.getClass().isAnnotationPresent(org.pf4j.Extension.class))
                    .isTrue();
            assertThat(family.tools(new NoContext())).extracting(Tool::name).containsExactly("dice_roll");
        }
    }

    @Test
    void processorWritesTheIndexThatTheGuidePromises() throws Exception {
        compile(example());

        assertThat(Files.readString(classes.resolve("META-INF/extensions.idx"))).contains("example.dice.DiceFamily");
    }

    private static String example() throws IOException {
        var guide = Files.readString(Path.of("src/main/java/symbolai/mcp/api/package-info.java"));
        var code = guide.substring(guide.indexOf("{@code\n") + 7, guide.indexOf("}</pre>"));
        return code.lines().map(line -> line.replaceFirst("^ \\* ?", "")).collect(Collectors.joining("\n"));
    }

    private void compile(String source) {
        var output = new StringWriter();
        var options = List.of(
                "-d",
                classes.toString(),
                "-proc:full",
                "-processor",
                "org.pf4j.processor.ExtensionAnnotationProcessor");
        var compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(output, null, null, supported(options), null, List.of(new Source(source)))
                .call();
        assertThat(compiled).as(output.toString()).isTrue();
    }

    /** JDK 17 before its late updates knows no {@code -proc:full}; there, naming the processor is enough. */
    private static List<String> supported(List<String> options) {
        return Runtime.version().feature() >= 21
                ? options
                : options.stream()
                        .filter(option -> !option.startsWith("-proc:"))
                        .toList();
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        private Source(String text) {
            super(URI.create("string:///example/dice/DiceFamily.java"), JavaFileObject.Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
