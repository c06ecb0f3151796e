package symbolai.mcp.server.plugins;

import static symbolai.mcp.server.plugins.ZipDirectory.quoted;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The rules for names in a zip: each stays inside its folder, is one file only, and means the same on every file system. */
final class ZipNames {

    private static final int LONGEST = 1000;
    private static final int LONGEST_SEGMENT = 255;
    private static final int FOLDER = 0x4000;
    private static final int FILE = 0x8000;
    private static final int LINK = 0xA000;

    private final Map<String, String> spellings = new HashMap<>();
    private final HashSet<String> members = new HashSet<>();
    private final HashSet<String> files = new HashSet<>();
    private final HashSet<String> folders = new HashSet<>();

    private ZipNames() {}

    static void check(List<ZipMember> members) {
        var names = new ZipNames();
        for (var member : members) {
            refuseUnsafe(member.name());
            refuseSpecial(member);
            names.add(member);
        }
    }

    private static void refuseUnsafe(String name) {
        if (name.isEmpty() || name.length() > LONGEST) {
            throw new PluginRefused("the zip has a name of " + name.length() + " characters");
        }
        if (name.codePoints().anyMatch(Character::isISOControl)) {
            throw new PluginRefused(quoted(name) + " has a control character in its name");
        }
        if (name.indexOf('\\') >= 0 || name.indexOf(':') >= 0) {
            throw new PluginRefused(quoted(name) + " has a backslash or a colon in its name");
        }
        if (name.startsWith("/")) {
            throw new PluginRefused(quoted(name) + " is an absolute path");
        }
        for (String segment : path(name).split("/", -1)) {
            if (segment.equals("..") || segment.equals(".") || segment.isEmpty()) {
                throw new PluginRefused(quoted(name) + " leaves its folder");
            }
            if (segment.length() > LONGEST_SEGMENT) {
                throw new PluginRefused(quoted(name) + " has a name that is too long");
            }
        }
    }

    private static void refuseSpecial(ZipMember member) {
        int type = member.unixType();
        if (type == LINK) {
            throw new PluginRefused(quoted(member.name()) + " is a symbolic link");
        }
        if (type != 0 && type != (member.folder() ? FOLDER : FILE)) {
            throw new PluginRefused(quoted(member.name()) + " is not a plain file or folder");
        }
        if (member.folder() && member.size() != 0) {
            throw new PluginRefused(quoted(member.name()) + " is a folder with contents");
        }
    }

    private void add(ZipMember member) {
        if (!members.add(member.name())) {
            throw new PluginRefused(quoted(member.name()) + " is in the zip twice");
        }
        String path = path(member.name());
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            addFolder(path.substring(0, slash));
        }
        if (member.folder()) {
            addFolder(path);
        } else {
            refuseOtherSpelling(path);
            files.add(path);
            if (folders.contains(path)) {
                throw new PluginRefused(quoted(path) + " is both a file and a folder");
            }
        }
    }

    private void addFolder(String path) {
        refuseOtherSpelling(path);
        if (files.contains(path)) {
            throw new PluginRefused(quoted(path) + " is both a file and a folder");
        }
        folders.add(path);
    }

    private void refuseOtherSpelling(String path) {
        String plain = Normalizer.normalize(path, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        String former = spellings.putIfAbsent(plain, path);
        if (former != null && !former.equals(path)) {
            throw new PluginRefused(quoted(path) + " and " + quoted(former) + " differ only in their spelling");
        }
    }

    private static String path(String name) {
        return name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    }
}
