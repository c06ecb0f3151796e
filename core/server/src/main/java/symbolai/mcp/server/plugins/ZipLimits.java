package symbolai.mcp.server.plugins;

/**
 * How large a plugin's zip may be.
 *
 * @param zipBytes the most bytes of the zip itself
 * @param entries the most files and folders in it
 * @param entryBytes the most bytes of one expanded file
 * @param totalBytes the most bytes of all expanded files
 * @param ratio how many times larger than its compressed form a file of more than a mebibyte may be
 */
record ZipLimits(long zipBytes, int entries, long entryBytes, long totalBytes, int ratio) {

    static final ZipLimits DEFAULT = new ZipLimits(32L << 20, 10_000, 32L << 20, 128L << 20, 100);
}
