package symbolai.mcp.server.crypto;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateParsingException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The folder of a local authority: its certificate and key, and those of the server. */
public record AuthorityFolder(Path path) {

    /** What clients are made to trust. */
    public Path authority() {
        return path.resolve("ca.pem");
    }

    /** What the server shows. */
    public Path certificate() {
        return path.resolve("server.pem");
    }

    /** The key of what the server shows. */
    public Path key() {
        return path.resolve("server.key");
    }

    private Path authorityKey() {
        return path.resolve("ca.key");
    }

    /**
     * Makes an authority and a certificate for a server.
     *
     * @throws IllegalStateException when there is an authority already, whose clients would not trust the new one
     */
    public void create(String name, List<String> hosts, Instant now) {
        if (Files.exists(authority()) || Files.exists(authorityKey())) {
            throw new IllegalStateException("there is an authority in " + path
                    + " already: renew its server's certificate with tls renew, or choose another folder with --out");
        }
        var made = LocalAuthority.create(name, now);
        write(authorityKey(), made.keyPem());
        write(authority(), made.certificatePem());
        write(made.issue(hosts, now));
    }

    /**
     * Puts a new certificate in place of the server's.
     *
     * @param hosts what clients call the server; as before when empty
     */
    public void renew(List<String> hosts, Instant now) {
        var issuer = LocalAuthority.of(ServerCertificate.read(authority(), authorityKey()));
        write(issuer.issue(hosts.isEmpty() ? former() : hosts, now));
    }

    private List<String> former() {
        var former = ServerCertificate.read(certificate(), key()).chain().get(0);
        try {
            return Optional.ofNullable(former.getSubjectAlternativeNames()).stream()
                    .flatMap(names -> names.stream().map(name -> String.valueOf(name.get(1))))
                    .toList();
        } catch (CertificateParsingException e) {
            throw new IllegalStateException("the certificate in " + certificate() + " cannot be read", e);
        }
    }

    /** The key first: a server that looks between the two keeps what it has. */
    private void write(ServerCertificate made) {
        write(key(), made.keyPem());
        write(certificate(), made.chainPem());
    }

    private void write(Path file, String text) {
        try {
            Files.createDirectories(path, permissions("rwx------"));
            var part = path.resolve(file.getFileName() + ".part");
            Files.deleteIfExists(part);
            Files.createFile(part, permissions("rw-------"));
            Files.writeString(part, text);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("the file " + file + " cannot be written: " + e.getMessage(), e);
        }
    }

    private static FileAttribute<Set<PosixFilePermission>> permissions(String mode) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
    }
}
