package symbolai.mcp.plugins.local.builds;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is checked out in a folder, read from git's files without running git. */
record GitHead(Optional<String> branch, Optional<String> commit, Optional<String> message, Optional<String> author) {

    private static final GitHead NONE =
            new GitHead(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final String BRANCH = "ref: refs/heads/";
    private static final int LONGEST = 1 << 20;
    private static final int DEEPEST = 16;

    /** Of the repository that the folder lies in; nothing where there is none. Blocks. */
    static GitHead of(Path folder) throws IOException {
        var repository = repository(folder.toAbsolutePath());
        return repository.isPresent() ? read(repository.get()) : NONE;
    }

    private static GitHead read(Path git) throws IOException {
        var head = text(git.resolve("HEAD")).strip();
        var branch =
                Optional.of(head).filter(text -> text.startsWith(BRANCH)).map(text -> text.substring(BRANCH.length()));
        var found = branch.isPresent() ? resolved(git, "refs/heads/" + branch.get()) : head;
        var commit = Optional.of(found).filter(hash -> HASH.matcher(hash).matches());
        var last = commit.flatMap(hash -> lastEntry(logged(git), hash));
        return new GitHead(branch, commit, last.flatMap(GitHead::messageIn), last.flatMap(GitHead::authorIn));
    }

    /** The folder {@code .git}, or where the file of that name points to. */
    private static Optional<Path> repository(Path folder) throws IOException {
        Path at = folder;
        for (var depth = 0; depth < DEEPEST && at != null; depth++) {
            var git = at.resolve(".git");
            if (Files.isDirectory(git)) {
                return Optional.of(git);
            }
            if (Files.isRegularFile(git)) {
                var target = text(git).strip().replaceFirst("^gitdir: ", "");
                return Optional.of(at.resolve(target).normalize());
            }
            at = at.getParent();
        }
        return Optional.empty();
    }

    private static String resolved(Path git, String name) throws IOException {
        var common = text(git.resolve("commondir")).strip();
        for (var place : List.of(git, git.resolve(common).normalize())) {
            var loose = text(place.resolve(name).normalize()).strip();
            if (!loose.isEmpty()) {
                return loose;
            }
            var packed = text(place.resolve("packed-refs"))
                    .lines()
                    .filter(line -> line.endsWith(" " + name))
                    .map(line -> line.substring(0, line.indexOf(' ')))
                    .findFirst();
            if (packed.isPresent()) {
                return packed.get();
            }
        }
        return "";
    }

    private static String logged(Path git) {
        try {
            return text(git.resolve("logs").resolve("HEAD"));
        } catch (IOException unreadable) {
            return "";
        }
    }

    private static Optional<String> lastEntry(String log, String commit) {
        return log.lines().filter(line -> line.startsWith(commit, 41)).reduce((first, second) -> second);
    }

    private static Optional<String> messageIn(String entry) {
        var tab = entry.indexOf('\t');
        return tab < 0
                ? Optional.empty()
                : Optional.of(entry.substring(tab + 1).replaceFirst("^commit( \\([a-z]+\\))?: ", ""));
    }

    private static Optional<String> authorIn(String entry) {
        var mail = entry.indexOf(" <");
        return mail < 82 ? Optional.empty() : Optional.of(entry.substring(82, mail));
    }

    /** The end of the file; empty when there is none. */
    private static String text(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return "";
        }
        try (var channel = Files.newByteChannel(file)) {
            var length = (int) Math.min(channel.size(), LONGEST);
            channel.position(channel.size() - length);
            var buffer = java.nio.ByteBuffer.allocate(length);
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // The channel may give the bytes in parts.
            }
            return new String(Arrays.copyOf(buffer.array(), buffer.position()), StandardCharsets.UTF_8);
        }
    }
}
