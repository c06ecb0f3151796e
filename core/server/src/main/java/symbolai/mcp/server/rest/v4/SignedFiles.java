package symbolai.mcp.server.rest.v4;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Files that whoever knows their long random name may fetch or bring, for an hour and without a token. Safe for any thread. */
final class SignedFiles {

    /**
     * A file.
     *
     * @param about what it is for
     * @param content what was brought
     */
    record SignedFile(JsonObject about, Optional<Buffer> content, Instant expires) {}

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final int MOST = 100;

    private final InstantSource clock;
    private final long mostBytes;
    private final Map<String, SignedFile> files = new LinkedHashMap<>();

    /** Keeps files of so many bytes in all. */
    SignedFiles(InstantSource clock, long mostBytes) {
        this.clock = clock;
        this.mostBytes = mostBytes;
    }

    /** Opens a place for a file, and gives its name; the oldest makes room. */
    synchronized String open(JsonObject about) {
        clean();
        if (files.size() >= MOST) {
            files.remove(files.keySet().iterator().next());
        }
        var bytes = new byte[20];
        RANDOM.nextBytes(bytes);
        var name = HexFormat.of().formatHex(bytes);
        files.put(name, new SignedFile(about, Optional.empty(), clock.instant().plus(LIFETIME)));
        return name;
    }

    synchronized Optional<SignedFile> find(String name) {
        clean();
        return Optional.ofNullable(files.get(name));
    }

    /** Puts the content there; false when there is no such place. */
    synchronized boolean bring(String name, Buffer content) {
        clean();
        var file = files.get(name);
        if (file == null) {
            return false;
        }
        if (held() + content.length() > mostBytes) {
            throw new V4Error(429, 971, "too many files wait to be taken in; try again later");
        }
        files.put(name, new SignedFile(file.about(), Optional.of(content), file.expires()));
        return true;
    }

    /** Takes the file away. */
    synchronized Optional<SignedFile> take(String name) {
        clean();
        return Optional.ofNullable(files.remove(name));
    }

    private long held() {
        return files.values().stream()
                .flatMap(file -> file.content().stream())
                .mapToLong(Buffer::length)
                .sum();
    }

    private void clean() {
        var now = clock.instant();
        files.values().removeIf(file -> file.expires().isBefore(now));
    }
}
