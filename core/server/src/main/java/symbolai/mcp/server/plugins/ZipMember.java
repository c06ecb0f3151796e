package symbolai.mcp.server.plugins;

/**
 * One file or folder of a zip, as the zip's directory describes it.
 *
 * @param name as written; a folder's ends with a slash
 * @param unixType the type bits of the Unix mode, zero when the zip says nothing of it
 * @param deflated whether the data is compressed
 * @param crc what the CRC-32 of the expanded data must be
 * @param compressed how many bytes the data takes
 * @param size how many bytes the expanded data takes
 * @param start where the member's local header begins
 * @param data where the data begins
 * @param end where all that belongs to the member ends
 */
record ZipMember(
        String name,
        int unixType,
        boolean deflated,
        long crc,
        int compressed,
        long size,
        int start,
        int data,
        int end) {

    boolean folder() {
        return name.endsWith("/");
    }
}
