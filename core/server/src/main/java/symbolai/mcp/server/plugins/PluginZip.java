package symbolai.mcp.server.plugins;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import symbolai.mcp.server.crypto.Sha256;

/**
 * A plugin's zip that has passed every check that needs no code of its own to run.
 *
 * @param sha256 of the zip's bytes, in hex
 */
record PluginZip(PluginProperties properties, String sha256, ZipArchive archive) {

    private static final String DESCRIPTION = "plugin.properties";
    private static final String INDEX = "classes/META-INF/extensions.idx";
    private static final String VERSIONS = "META-INF/versions/";

    /** Reads the file once and checks what was read. */
    static PluginZip read(Path file, ZipLimits limits, HostApi api) throws IOException {
        byte[] bytes = bytes(file, limits);
        var archive = ZipArchive.checked(bytes, limits);
        var properties = PluginProperties.parse(text(archive, DESCRIPTION, "at its root"));
        if (text(archive, INDEX, "(PF4J's annotation processor did not run)").isBlank()) {
            throw new PluginRefused(INDEX + " is empty: no class is marked with @Extension");
        }
        refuseHostClasses(archive, limits, api);
        return new PluginZip(properties, Sha256.hex(bytes), archive);
    }

    private static byte[] bytes(Path file, ZipLimits limits) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(Math.toIntExact(limits.zipBytes() + 1));
            if (bytes.length > limits.zipBytes()) {
                throw new PluginRefused("the zip is larger than " + limits.zipBytes() + " bytes");
            }
            return bytes;
        }
    }

    private static String text(ZipArchive archive, String name, String hint) throws IOException {
        var member = archive.member(name);
        if (member.isEmpty()) {
            throw new PluginRefused("the zip has no " + name + " " + hint);
        }
        return new String(contents(archive, member.get()), StandardCharsets.UTF_8);
    }

    private static byte[] contents(ZipArchive archive, ZipMember member) throws IOException {
        var contents = new ByteArrayOutputStream((int) member.size());
        archive.copy(member, contents);
        return contents.toByteArray();
    }

    private static void refuseHostClasses(ZipArchive archive, ZipLimits limits, HostApi api) throws IOException {
        for (var member : archive.members()) {
            if (member.name().startsWith("classes/")) {
                refuseHostClass(member.name(), member.name().substring("classes/".length()), api);
            }
            if (library(member.name())) {
                for (var inside : new ZipDirectory(contents(archive, member), limits).members()) {
                    refuseHostClass(member.name(), inside.name(), api);
                }
            }
        }
    }

    private static void refuseHostClass(String where, String name, HostApi api) {
        if (api.lends(withoutRelease(name))) {
            throw new PluginRefused(ZipDirectory.quoted(where) + " brings " + ZipDirectory.quoted(name)
                    + ", which the host lends: leave it out of the zip (scope provided)");
        }
    }

    private static String withoutRelease(String name) {
        if (!name.startsWith(VERSIONS)) {
            return name;
        }
        return name.substring(name.indexOf('/', VERSIONS.length()) + 1);
    }

    /** Whether a member is a jar of the plugin's class path. */
    static boolean library(String name) {
        return name.startsWith("lib/") && name.indexOf('/', "lib/".length()) < 0 && name.endsWith(".jar");
    }
}
