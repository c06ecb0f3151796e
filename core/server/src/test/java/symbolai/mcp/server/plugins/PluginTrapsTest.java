package symbolai.mcp.server.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static symbolai.mcp.server.plugins.TestPlugin.answering;
import static symbolai.mcp.server.plugins.TestPlugin.compile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known to go wrong with PF4J, each a test. */
class PluginTrapsTest {

    @TempDir
    private Path folder;

    private HostFixture fixture;

    @BeforeEach
    void make() {
        fixture = new HostFixture(folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void trap1AnIndexThatTheCompilerDidNotWriteIsTold() {
        answering("dice", "1.0.0", "dice_roll").without(TestPlugin.INDEX).writeTo(fixture.zip("none.zip"));
        answering("coin", "1.0.0", "coin_flip").entry(TestPlugin.INDEX, " \n").writeTo(fixture.zip("empty.zip"));

        fixture.start();

        assertThat(fixture.problems("none.zip"))
                .containsExactly("the zip has no classes/META-INF/extensions.idx"
                        + " (PF4J's annotation processor did not run)");
        assertThat(fixture.problems("empty.zip"))
                .containsExactly("classes/META-INF/extensions.idx is empty: no class is marked with @Extension");
    }

    @Test
    void trap1TheProcessorWritesTheIndexOnEveryJdkWhenItIsNamed() {
        String source = """
                package testplugin;
                @org.pf4j.Extension
                public final class Named implements symbolai.mcp.api.ToolFamily {}
                """;

        var files = compile("Named", source, "-processor", "org.pf4j.processor.ExtensionAnnotationProcessor");

        assertThat(new String(files.get("META-INF/extensions.idx"))).contains("testplugin.Named");
    }

    @Test
    void trap2EveryOneOfManyPluginsIsUnloaded() {
        for (int i = 0; i < 5; i++) {
            answering("dice-" + i, "1.0.0", "dice_" + i).writeTo(fixture.zip(i + ".zip"));
        }
        fixture.start();
        fixture.assertCollected(5);

        HostFixture.get(fixture.host.close());

        fixture.assertCollected(0);
    }

    @Test
    void trap3ANewZipThatIsOlderIsTaken() throws IOException {
        answering("dice", "1.0.0", "dice_roll").writeTo(fixture.zip("dice.zip"));
        fixture.start();

        var zip = answering("dice", "1.1.0", "dice_roll").writeTo(fixture.zip("dice.zip"));
        Files.setLastModifiedTime(zip, FileTime.fromMillis(1_000_000));
        fixture.settle();

        assertThat(fixture.states("dice.zip")).containsExactly("LOADED 1.1.0");
    }

    @Test
    void trap3WhatWasExpandedIsNotLoadedOnceTheZipIsGone() {
        answering("dice", "1.0.0", "dice_roll").writeTo(fixture.zip("dice.zip"));
        fixture.start();
        HostFixture.get(fixture.host.close());
        fixture.delete("dice.zip");

        fixture.restart();

        assertThat(fixture.tools()).isEmpty();
        assertThat(fixture.data.resolve("work")).isEmptyDirectory();
    }

    @Test
    void trap3NothingIsWrittenBesideTheZip() {
        answering("dice", "1.0.0", "dice_roll").writeTo(fixture.zip("dice.zip"));

        fixture.start();

        assertThat(fixture.plugins.toFile().list()).containsExactly("dice.zip");
        assertThat(fixture.data.resolve("work").toFile().list())
                .singleElement()
                .asString()
                .matches("dice-[0-9a-f]{64}");
    }

    @Test
    void trap4AZipThatBringsClassesOfTheHostIsRefused() {
        bringing("classes/symbolai/mcp/api/Tool.class").writeTo(fixture.zip("api.zip"));
        bringing("classes/org/slf4j/Logger.class").writeTo(fixture.zip("slf4j.zip"));
        bringing("classes/META-INF/versions/11/org/pf4j/Extension.class").writeTo(fixture.zip("release.zip"));
        bringing("lib/all.jar", TestPlugin.zip(Map.of("io/vertx/core/Vertx.class", new byte[1])))
                .writeTo(fixture.zip("vertx.zip"));

        fixture.start();

        assertThat(fixture.problems("api.zip"))
                .containsExactly("'classes/symbolai/mcp/api/Tool.class' brings 'symbolai/mcp/api/Tool.class', which the"
                        + " host lends: leave it out of the zip (scope provided)");
        assertThat(fixture.problems("slf4j.zip")).singleElement().asString().contains("org/slf4j/Logger.class");
        assertThat(fixture.problems("release.zip")).singleElement().asString().contains("org/pf4j/Extension.class");
        assertThat(fixture.problems("vertx.zip")).singleElement().asString().contains("'lib/all.jar' brings");
    }

    @Test
    void trap4ThePluginSeesItsOwnLibrariesAndTheApiAndNothingElseOfTheHost() {
        String seen = """
                @Override public Future<Void> start(FamilyContext context) {
                    see("io.vertx.core.Vertx", true);
                    see("com.fasterxml.jackson.databind.ObjectMapper", true);
                    see("org.slf4j.Logger", true);
                    see("java.sql.Connection", true);
                    see("own.Library", true);
                    for (String hidden : List.of("symbolai.mcp.server.plugins.PluginHost", "org.sqlite.JDBC",
                            "com.networknt.schema.Schema", "org.bouncycastle.crypto.Digest", "picocli.CommandLine",
                            "io.vertx.ext.web.Router", "ch.qos.logback.classic.Logger", "org.yaml.snakeyaml.Yaml")) {
                        see(hidden, false);
                    }
                    if (getClass().getResource("/symbolai/mcp/server/store/001-start.sql") != null) {
                        throw new IllegalStateException("resources of the host are seen");
                    }
                    if (Thread.currentThread().getContextClassLoader() != getClass().getClassLoader()) {
                        throw new IllegalStateException("the context class loader is not the plugin's");
                    }
                    return Future.succeededFuture();
                }
                private static void see(String name, boolean expected) {
                    boolean found = true;
                    try {
                        Class.forName(name, false, TheFamily.class.getClassLoader());
                    } catch (ClassNotFoundException e) {
                        found = false;
                    }
                    if (found != expected) {
                        throw new IllegalStateException(name + " found: " + found);
                    }
                }
                """;
        var library = compile("Library", "package own; public class Library {}", "-proc:none");
        TestPlugin.of("seeing", "1.0.0", seen)
                .entry("lib/own.jar", TestPlugin.zip(library))
                .writeTo(fixture.zip("seeing.zip"));

        fixture.start();

        assertThat(fixture.problems("seeing.zip")).isEmpty();
        assertThat(fixture.states("seeing.zip")).containsExactly("LOADED 1.0.0");
    }

    @Test
    void trap5TimersThatThePluginForgotEndWithIt() throws IOException {
        TestPlugin.of("ticking", "1.0.0", """
                        @Override public Future<Void> start(FamilyContext context) {
                            context.timers().every(Duration.ofMillis(1), () -> context.folder().resolve("tick").toFile().delete());
                            return Future.succeededFuture();
                        }
                        """).writeTo(fixture.zip("ticking.zip"));
        fixture.start();
        fixture.delete("ticking.zip");
        fixture.settle();
        fixture.awaitQuiet();

        var tick = Files.createFile(fixture.data.resolve("plugin-data/ticking/tick"));
        fixture.assertCollected(0);

        assertThat(tick).exists();
    }

    @Test
    void trap6ThreadsThatBeginWhilePluginCodeRunsDoNotKeepIt() {
        TestPlugin.of("starting", "1.0.0", """
                        @Override public Future<Void> start(FamilyContext context) {
                            var vertx = io.vertx.core.Vertx.currentContext().owner();
                            return Future.join(java.util.stream.IntStream.range(0, 40)
                                    .mapToObj(i -> vertx.executeBlocking(() -> new TheFamily(), false)
                                            .compose(family -> vertx.deployVerticle(new io.vertx.core.VerticleBase() {}))
                                            .compose(vertx::undeploy)
                                            .compose(v -> vertx.fileSystem().exists("/")))
                                    .toList()).mapEmpty();
                        }
                        """).writeTo(fixture.zip("starting.zip"));
        fixture.start();
        assertThat(fixture.states("starting.zip")).containsExactly("LOADED 1.0.0");

        fixture.delete("starting.zip");
        fixture.settle();
        fixture.awaitQuiet();

        fixture.assertCollected(0);
    }

    @Test
    void trap7DevelopmentModeOfPf4jChangesNothing() {
        System.setProperty("pf4j.mode", "development");
        try {
            answering("dice", "1.0.0", "dice_roll").writeTo(fixture.zip("dice.zip"));

            fixture.start();

            assertThat(fixture.states("dice.zip")).containsExactly("LOADED 1.0.0");
        } finally {
            System.clearProperty("pf4j.mode");
        }
    }

    @Test
    void trap8AHalfCopiedZipWaitsUntilItIsWhole() throws IOException {
        fixture.start();
        byte[] whole = answering("dice", "1.0.0", "dice_roll").bytes();
        var zip = fixture.zip("dice.zip");

        Files.write(zip, java.util.Arrays.copyOf(whole, whole.length / 3));
        fixture.scan();
        Files.write(zip, java.util.Arrays.copyOf(whole, whole.length / 2));
        fixture.scan();
        assertThat(fixture.host.list()).isEmpty();
        fixture.scan();
        assertThat(fixture.problems("dice.zip"))
                .containsExactly("this is not a zip, or its end is missing: copy it again");
        Files.write(zip, whole);
        fixture.settle();

        assertThat(fixture.states("dice.zip")).containsExactly("LOADED 1.0.0");
        assertThat(fixture.changes).hasSize(1);
    }

    @Test
    void trap8FilesThatAreNoZipsYetAreNotLookedAt() throws IOException {
        byte[] zip = answering("dice", "1.0.0", "dice_roll").bytes();
        for (var name : new String[] {".dice.zip", "dice.zip.part", "dice.part", "dice.jar", "dice.zip~"}) {
            Files.write(fixture.zip(name), zip);
        }
        Files.createDirectory(fixture.zip("folder.zip"));

        fixture.start();
        fixture.settle();

        assertThat(fixture.host.list()).isEmpty();
        assertThat(fixture.tools()).isEmpty();
    }

    @Test
    void trap8AFailedZipIsNotTriedAgainUntilItChanges() throws IOException {
        var failing = TestPlugin.of("failing", "1.0.0", """
                @Override public Future<Void> start(FamilyContext context) {
                    try {
                        Files.createTempFile(context.folder(), "try", "");
                    } catch (java.io.IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                    return Future.failedFuture("never");
                }
                """);
        failing.writeTo(fixture.zip("failing.zip"));
        fixture.start();
        fixture.settle();
        fixture.settle();
        assertThat(tries()).isEqualTo(1);

        failing.property("plugin.version", "1.0.1").writeTo(fixture.zip("failing.zip"));
        fixture.settle();

        assertThat(tries()).isEqualTo(2);
    }

    private long tries() throws IOException {
        try (Stream<Path> files = Files.list(fixture.data.resolve("plugin-data/failing"))) {
            return files.count();
        }
    }

    @Test
    void trap9RequiresIsChecked() {
        answering("newer", "1.0.0", "a").property("plugin.requires", "0.2.0").writeTo(fixture.zip("newer.zip"));
        answering("same", "1.0.0", "b").property("plugin.requires", "0.1.0").writeTo(fixture.zip("same.zip"));
        answering("range", "1.0.0", "c")
                .property("plugin.requires", ">=0.1.0 & <0.2.0")
                .writeTo(fixture.zip("range.zip"));
        answering("wrong", "1.0.0", "d").property("plugin.requires", "soon").writeTo(fixture.zip("wrong.zip"));
        answering("none", "1.0.0", "e").without("plugin.requires").writeTo(fixture.zip("none.zip"));

        fixture.start();

        assertThat(fixture.tools()).containsExactly("c", "b");
        assertThat(fixture.problems("newer.zip"))
                .containsExactly("plugin.requires is '0.2.0', and this server's plugin API is 0.1.0");
        assertThat(fixture.problems("wrong.zip"))
                .containsExactly("plugin.requires is 'soon'; write a version, such as 0.1.0");
        assertThat(fixture.problems("none.zip")).containsExactly("plugin.properties has no plugin.requires");
    }

    @Test
    void trap9ListsOfEnabledPluginsInTheFolderAreNotRead() throws IOException {
        answering("dice", "1.0.0", "dice_roll").writeTo(fixture.zip("dice.zip"));
        Files.writeString(fixture.plugins.resolve("disabled.txt"), "dice");
        Files.writeString(fixture.plugins.resolve("enabled.txt"), "coin");

        fixture.start();

        assertThat(fixture.tools()).containsExactly("dice_roll");
    }

    @Test
    void trap9ABombIsRefused() {
        bringing("classes/bomb", new byte[8 << 20]).writeTo(fixture.zip("bomb.zip"));

        fixture.start();

        assertThat(fixture.problems("bomb.zip")).singleElement().asString().contains("zip bomb");
    }

    private static TestPlugin bringing(String name) {
        return bringing(name, new byte[1]);
    }

    private static TestPlugin bringing(String name, byte[] bytes) {
        return answering("bringing", "1.0.0", "bringing_tool").entry(name, bytes);
    }
}
