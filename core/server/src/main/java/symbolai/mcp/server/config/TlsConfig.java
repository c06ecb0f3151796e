package symbolai.mcp.server.config;

import java.nio.file.Path;

/**
 * What the listener shows to speak TLS; both files are read again when they change.
 *
 * @param certificate the PEM file of the certificate, with those between it and its authority
 * @param key the PEM file of its private key
 */
public record TlsConfig(Path certificate, Path key) {}
