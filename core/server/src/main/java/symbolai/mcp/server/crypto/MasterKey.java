package symbolai.mcp.server.crypto;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The one secret of a server, from which every other key is derived. It can have several generations: new things are sealed and signed with
 * the newest, and those of the others stay good. Safe for any thread.
 */
public final class MasterKey {

    /** How many bytes a master key has. */
    public static final int LENGTH = 32;

    private final Optional<MasterKeyFile> file;
    private final boolean ours;
    private volatile List<Generation> generations;

    private MasterKey(Optional<MasterKeyFile> file, boolean ours, List<Generation> generations) {
        this.file = file;
        this.ours = ours;
        this.generations = List.copyOf(generations);
    }

    /** The key in {@code keys/master.key} of the data folder, which is made when it is missing. */
    public static MasterKey load(Path dataFolder) {
        var file = new MasterKeyFile(dataFolder.resolve("keys").resolve("master.key"));
        try {
            file.discard();
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of the master key " + file.path() + " cannot be used", e);
        }
        if (Files.notExists(file.path())) {
            file.write(List.of(random()));
        }
        return new MasterKey(Optional.of(file), true, file.read());
    }

    /** The key in a file of the operator's choice, which the server never writes. */
    public static MasterKey read(Path path) {
        var file = new MasterKeyFile(path);
        return new MasterKey(Optional.of(file), false, file.read());
    }

    /** A key of known bytes. */
    public static MasterKey of(byte[] key) {
        return new MasterKey(Optional.empty(), false, List.of(new Generation(key)));
    }

    /** Seals values for one purpose. */
    public Sealer sealer(String purpose) {
        return new Sealer(this, purpose);
    }

    /** Signs values for one purpose. */
    public Signer signer(String purpose) {
        return new Signer(this, purpose);
    }

    /** Signs values for one purpose so that everybody can check them. */
    public PublicSigner publicSigner(String purpose) {
        return new PublicSigner(this, purpose);
    }

    /** The file, for messages. */
    public String place() {
        return file.map(known -> known.path().toString()).orElse("in memory");
    }

    /** Whether the server itself writes the file. */
    public boolean isOurs() {
        return ours;
    }

    /** Whether there are generations besides the newest. */
    public boolean hasOlder() {
        return generations().size() > 1;
    }

    /** The name of the newest generation, with which everything that it seals begins. */
    public String newest() {
        return generations().get(0).id();
    }

    /** Makes a new generation, which is in the file before anything is sealed with it. Blocks. */
    public void renew() {
        var all = new ArrayList<>(generations());
        all.add(0, random());
        write(all);
    }

    /**
     * Reads the file again, into which the operator may have put a new generation; true when the newest is another one now. Blocks.
     *
     * @throws IllegalStateException when the file does not hold the newest generation of before any more, without which what is sealed would be
     *     lost; then nothing has changed
     */
    public boolean reread() {
        var before = newest();
        var found = file.map(known -> List.copyOf(known.read())).orElse(generations);
        if (found.stream().noneMatch(generation -> generation.id().equals(before))) {
            throw new IllegalStateException("the key that everything is sealed with is not in " + place()
                    + " any more: put it back, on a line below the new one");
        }
        generations = found;
        return !newest().equals(before);
    }

    /** Forgets all generations but the newest; what they sealed is lost from now on. Blocks. */
    public void forgetOlder() {
        write(List.of(generations().get(0)));
    }

    List<Generation> generations() {
        return generations;
    }

    /** A key for one purpose: 32 bytes that say nothing of the master key, by HKDF with SHA-256. */
    byte[] derive(String purpose) {
        return generations().get(0).derive(purpose);
    }

    private void write(List<Generation> all) {
        if (!ours) {
            throw new IllegalStateException("the master key " + place() + " is the operator's; it is never written");
        }
        file.ifPresent(known -> known.write(all));
        generations = List.copyOf(all);
    }

    private static Generation random() {
        var made = new byte[LENGTH];
        new SecureRandom().nextBytes(made);
        return new Generation(made);
    }
}
