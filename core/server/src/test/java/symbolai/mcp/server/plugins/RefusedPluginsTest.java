package symbolai.mcp.server.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static symbolai.mcp.server.plugins.TestPlugin.answering;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A plugin that cannot be loaded is refused with a clear reason, and the rest serves. */
class RefusedPluginsTest {

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

    static Stream<Arguments> bad() {
        return Stream.of(
                // plugin.properties
                row(good().without("plugin.id"), "plugin.properties has no plugin.id"),
                row(good().without("plugin.version"), "plugin.properties has no plugin.version"),
                row(good().property("plugin.id", "D1"), "plugin.id is 'D1'; it must be 1 to 40 of a-z, 0-9 and '-'"),
                row(good().property("plugin.id", "../d1"), "plugin.id is '../d1'; it must be"),
                row(good().property("plugin.id", "x".repeat(41)), "it must be 1 to 40"),
                row(good().property("plugin.version", "one"), "plugin.version is 'one'; it must look like 1.0.0"),
                row(good().property("plugin.class", "a.B"), "plugin.class is not supported"),
                row(good().property("plugin.dependencies", "d1"), "plugin.dependencies is not supported"),
                row(good().property("plugin.\\uXX", ""), "plugin.properties has a wrong \\u escape"),
                // classes
                row(indexed("no.Such"), "making its families failed: java.lang.ClassNotFoundException: no.Such"),
                row(indexed("java.lang.String"), "java.lang.String is marked with @Extension but is no symbolai"),
                row(
                        family("static { if (true) throw new IllegalStateException(\"static\"); }"),
                        "making its families failed: java.lang.IllegalStateException: static"),
                row(
                        family("{ if (true) throw new IllegalStateException(\"new\"); }"),
                        "making its families failed: java.lang.IllegalStateException: new"),
                row(
                        good().entry("classes/testplugin/TheFamily.class", "no class"),
                        "making its families failed: java.lang.ClassFormatError"),
                // start
                row(
                        start("throw new IllegalStateException(\"boom\");"),
                        "its start failed: java.lang.IllegalStateException: boom"),
                row(start("throw new StackOverflowError();"), "its start failed: java.lang.StackOverflowError"),
                row(start("throw new LinkageError(\"odd\");"), "its start failed: java.lang.LinkageError: odd"),
                row(start("return Future.failedFuture(\"not today\");"), "its start failed: io.vertx.core"),
                row(start("return null;"), "testplugin.TheFamily.start returned null"),
                row(
                        start("throw new ToolException(ToolException.Reason.UNAVAILABLE, \"a\\nb\\u001b[0m\");"),
                        "its start failed: a b [0m"),
                // time
                row(start("return Promise.<Void>promise().future();"), "its start took longer than 5000 ms"),
                row(start("sleep(); return null;"), "its start took longer than 5000 ms"),
                row(family("static { sleep(); }"), "making its families took longer than 5000 ms"),
                row(tools("sleep(); return null;"), "listing what it offers took longer than 5000 ms"),
                // what the check finds
                row(tools("return List.of(tool(\"bad name!\", null));"), "bad name!"),
                row(
                        tools(
                                "return List.of(Tool.named(\"bad_a\").input(new JsonObject().put(\"type\", \"obj\")).handler(null));"),
                        "bad_a"),
                row(
                        tools(
                                "return List.of(Tool.named(\"bad_b\").input(new JsonObject().put(\"type\", \"object\").put(\"$ref\", \"http://localhost/x\")).handler(null));"),
                        "bad_b"),
                row(tools("return List.of(tool(\"dice_roll\", null));"), "dice_roll"),
                row(tools("return List.of(tool(\"bad_c\", null), tool(\"bad_c\", null));"), "bad_c"),
                // lists
                row(tools("return null;"), "testplugin.TheFamily.tools returned null"),
                row(
                        tools("throw new IllegalStateException(\"boom\");"),
                        "listing what it offers failed: java.lang.IllegalStateException: boom"),
                row(
                        tools("return java.util.Collections.singletonList(null);"),
                        "listing what it offers failed: java.lang.NullPointerException"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("bad")
    void isRefusedAndTheRestServes(TestPlugin bad, String reason) {
        answering("dice", "1.0.0", "dice_roll").writeTo(fixture.zip("dice.zip"));
        bad.writeTo(fixture.zip("evil.zip"));

        fixture.start();

        assertThat(fixture.states("evil.zip")).singleElement().asString().startsWith("REFUSED");
        assertThat(fixture.problems("evil.zip")).isNotEmpty().anyMatch(problem -> problem.contains(reason));
        assertThat(fixture.tools()).containsExactly("dice_roll");
    }

    private static Arguments row(TestPlugin plugin, String reason) {
        return Arguments.of(plugin, reason);
    }

    private static TestPlugin good() {
        return answering("bad", "1.0.0", "bad_tool");
    }

    private static TestPlugin indexed(String name) {
        return good().entry(TestPlugin.INDEX, name);
    }

    private static TestPlugin family(String members) {
        return TestPlugin.of("bad", "1.0.0", members);
    }

    private static TestPlugin start(String body) {
        return family("@Override public Future<Void> start(FamilyContext context) {" + body + "}");
    }

    private static TestPlugin tools(String body) {
        return family("@Override public List<Tool> tools(FamilyContext context) {" + body + "}");
    }
}
