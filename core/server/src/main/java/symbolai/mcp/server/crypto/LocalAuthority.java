package symbolai.mcp.server.crypto;

import io.netty.util.NetUtil;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority of one's own, for servers that no public one certifies. */
public final class LocalAuthority {

    private static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);
    /** Some clients take none that is good for longer than 398 days. */
    private static final Duration SERVER_LIFE = Duration.ofDays(397);
    /** The clocks of clients may be behind. */
    private static final Duration SLACK = Duration.ofHours(1);

    private final X500Name name;
    private final PrivateKey key;
    private final X509Certificate certificate;

    private LocalAuthority(X500Name name, PrivateKey key, X509Certificate certificate) {
        this.name = name;
        this.key = key;
        this.certificate = certificate;
    }

    /** A new authority; who trusts its certificate trusts what it issues. */
    public static LocalAuthority create(String name, Instant now) {
        var title = title(name);
        var pair = pair();
        try {
            var usage = new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign);
            var builder = builder(title, title, pair, now, AUTHORITY_LIFE)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                    .addExtension(Extension.keyUsage, true, usage);
            return new LocalAuthority(title, pair.getPrivate(), signed(builder, pair.getPrivate()));
        } catch (CertIOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The authority that was created before. */
    public static LocalAuthority of(ServerCertificate stored) {
        var certificate = stored.chain().get(0);
        var name = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        return new LocalAuthority(name, stored.key(), certificate);
    }

    /**
     * A certificate for a server.
     *
     * @param hosts the names and IP addresses that clients call it by; the first is its title
     */
    public ServerCertificate issue(List<String> hosts, Instant now) {
        var pair = pair();
        try {
            var names = hosts.stream().map(LocalAuthority::alternative).toArray(GeneralName[]::new);
            var builder = builder(name, title(hosts.get(0)), pair, now, SERVER_LIFE)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                    .addExtension(
                            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                    .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names))
                    .addExtension(
                            Extension.authorityKeyIdentifier,
                            false,
                            new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(certificate));
            return new ServerCertificate(List.of(signed(builder, key), certificate), pair.getPrivate());
        } catch (CertIOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What clients are made to trust, as PEM. */
    public String certificatePem() {
        return Pem.certificates(List.of(certificate));
    }

    /** What issues certificates, as PEM; secret. */
    public String keyPem() {
        return Pem.key(key);
    }

    private static GeneralName alternative(String host) {
        boolean isAddress = NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host);
        return new GeneralName(isAddress ? GeneralName.iPAddress : GeneralName.dNSName, host);
    }

    private static X500Name title(String name) {
        return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, name).build();
    }

    private static JcaX509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, KeyPair pair, Instant now, Duration life) throws CertIOException {
        var builder = new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(159, new SecureRandom()).setBit(158),
                Date.from(now.minus(SLACK)),
                Date.from(now.minus(SLACK).plus(life)),
                subject,
                pair.getPublic());
        try {
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has SHA-1 for key identifiers", e);
        }
        return builder;
    }

    private static X509Certificate signed(X509v3CertificateBuilder builder, PrivateKey key) {
        try {
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(key);
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime signs with ECDSA", e);
        }
    }

    private static KeyPair pair() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), new SecureRandom());
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has P-256", e);
        }
    }
}
