package symbolai.mcp.server.plugins;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A plugin's zip that is written at test time from the members of one class. */
final class TestPlugin {

    static final String INDEX = "classes/META-INF/extensions.idx";

    private static final String TEMPLATE = """
            package testplugin;

            import io.vertx.core.Future;
            import io.vertx.core.Promise;
            import io.vertx.core.json.JsonObject;
            import java.nio.file.Files;
            import java.nio.file.Path;
            import java.time.Duration;
            import java.util.List;
            import symbolai.mcp.api.*;

            @org.pf4j.Extension
            public final class TheFamily implements ToolFamily {
                @SuppressWarnings("unchecked")
                public TheFamily() {
                    var loaders = (List<Object>) System.getProperties().get("symbolai.test.loaders");
                    loaders.add(new java.lang.ref.WeakReference<>(TheFamily.class.getClassLoader()));
                }
                static void sleep() {
                    try {
                        Thread.sleep(3_600_000);
                    } catch (InterruptedException unloaded) {
                        Thread.currentThread().interrupt();
                    }
                }
                static Tool tool(String name, ToolHandler handler) {
                    return Tool.named(name)
                            .title("A tool of a test")
                            .description("Answers a test. Use it in tests.")
                            .annotations(ToolAnnotations.READ_ONLY)
                            .handler(handler);
                }
            %s
            }
            """;

    private static final Map<String, Map<String, byte[]>> COMPILED = new ConcurrentHashMap<>();

    private final Map<String, String> properties = new LinkedHashMap<>();
    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    private TestPlugin(String id, String version) {
        property("plugin.id", id).property("plugin.version", version).property("plugin.requires", "0.1.0");
    }

    /** A plugin whose family has these members. */
    static TestPlugin of(String id, String version, String members) {
        var plugin = new TestPlugin(id, version).entry(INDEX, "testplugin.TheFamily\n");
        COMPILED.computeIfAbsent(members, it -> compile("TheFamily", TEMPLATE.formatted(it), "-proc:none"))
                .forEach((name, bytes) -> plugin.entry("classes/" + name, bytes));
        return plugin;
    }

    /** A plugin with one tool that answers its version. */
    static TestPlugin answering(String id, String version, String tool) {
        return of(id, version, members(tool)).entry("classes/answer.txt", version);
    }

    private static String members(String tool) {
        return """
                @Override public List<Tool> tools(FamilyContext context) {
                    return List.of(tool("%s", call -> Future.succeededFuture(ToolResult.text(answer()))));
                }
                private static String answer() {
                    try (var in = TheFamily.class.getResourceAsStream("/answer.txt")) {
                        return new String(in.readAllBytes());
                    } catch (java.io.IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                }
                """.formatted(tool);
    }

    TestPlugin property(String key, String value) {
        properties.put(key, value);
        return this;
    }

    TestPlugin entry(String name, String text) {
        return entry(name, text.getBytes(StandardCharsets.UTF_8));
    }

    TestPlugin entry(String name, byte[] bytes) {
        entries.put(name, bytes);
        return this;
    }

    TestPlugin without(String name) {
        entries.remove(name);
        properties.remove(name);
        return this;
    }

    byte[] bytes() {
        var all = new LinkedHashMap<String, byte[]>();
        var text = new StringBuilder();
        properties.forEach(
                (key, value) -> text.append(key).append('=').append(value).append('\n'));
        all.put("plugin.properties", text.toString().getBytes(StandardCharsets.UTF_8));
        all.putAll(entries);
        return zip(all);
    }

    /** Writes the zip whole, as a careful admin does. */
    Path writeTo(Path file) {
        try {
            var half = file.resolveSibling(file.getFileName() + ".part");
            Files.write(half, bytes());
            return Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] zip(Map<String, byte[]> entries) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Compiles one class; gives all files that the compiler writes, by name. */
    static Map<String, byte[]> compile(String name, String source, String... options) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var messages = new StringWriter();
        var all = new ArrayList<>(List.of("-classpath", System.getProperty("java.class.path"), "-nowarn"));
        all.addAll(List.of(options));
        try (var files = new InMemory(compiler.getStandardFileManager(null, null, null))) {
            var unit = new Source(name, source);
            if (!compiler.getTask(messages, files, null, all, null, List.of(unit))
                    .call()) {
                throw new IllegalStateException(messages.toString());
            }
            return files.written();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class Written extends SimpleJavaFileObject {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Written(String name, Kind kind) {
            super(URI.create("memory:///" + name), kind);
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return bytes.toString(StandardCharsets.UTF_8);
        }

        @Override
        public ByteArrayOutputStream openOutputStream() {
            return bytes;
        }

        @Override
        public java.io.Writer openWriter() {
            return new java.io.OutputStreamWriter(bytes, StandardCharsets.UTF_8);
        }
    }

    private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {

        private final Map<String, Written> written = new LinkedHashMap<>();

        InMemory(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return put(className.replace('.', '/') + kind.extension, kind);
        }

        @Override
        public FileObject getFileForInput(Location location, String packageName, String name) {
            return written.get(name);
        }

        @Override
        public FileObject getFileForOutput(Location location, String packageName, String name, FileObject sibling) {
            return put(name, JavaFileObject.Kind.OTHER);
        }

        private Written put(String name, JavaFileObject.Kind kind) {
            return written.computeIfAbsent(name, it -> new Written(it, kind));
        }

        Map<String, byte[]> written() {
            var all = new LinkedHashMap<String, byte[]>();
            written.forEach((name, file) -> all.put(name, file.bytes.toByteArray()));
            return all;
        }
    }
}
