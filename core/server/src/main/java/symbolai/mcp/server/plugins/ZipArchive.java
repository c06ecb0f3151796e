package symbolai.mcp.server.plugins;

import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The bytes of a zip with its checked members; what is expanded is what was checked, whatever happens to the file. */
final class ZipArchive {

    private static final int CHUNK = 16 * 1024;

    private final byte[] zip;
    private final List<ZipMember> members;
    private final Map<String, ZipMember> byName = new HashMap<>();

    private ZipArchive(byte[] zip, List<ZipMember> members) {
        this.zip = zip;
        this.members = members;
        members.forEach(member -> byName.put(member.name(), member));
    }

    /** Reads a zip and checks all of it: directory, names, sizes and every byte of its data. */
    static ZipArchive checked(byte[] zip, ZipLimits limits) throws IOException {
        var members = new ZipDirectory(zip, limits).members();
        ZipNames.check(members);
        refuseBombs(members, limits);
        var archive = new ZipArchive(zip, members);
        for (var member : members) {
            archive.copy(member, OutputStream.nullOutputStream());
        }
        return archive;
    }

    List<ZipMember> members() {
        return members;
    }

    Optional<ZipMember> member(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    private static void refuseBombs(List<ZipMember> members, ZipLimits limits) {
        long total = 0;
        for (var member : members) {
            total += member.size();
            if (member.size() > limits.entryBytes()) {
                throw new PluginRefused(ZipDirectory.quoted(member.name()) + " expands to " + member.size()
                        + " bytes; at most " + limits.entryBytes() + " are allowed");
            }
            if (member.size() > 1 << 20 && member.size() / Math.max(1, member.compressed()) > limits.ratio()) {
                throw new PluginRefused(ZipDirectory.quoted(member.name()) + " expands to more than " + limits.ratio()
                        + " times its size: this looks like a zip bomb");
            }
            if (total > limits.totalBytes()) {
                throw new PluginRefused("the zip expands to more than " + limits.totalBytes() + " bytes");
            }
        }
    }

    /** Expands a member; refuses it when size or checksum are not as the directory says. */
    void copy(ZipMember member, OutputStream to) throws IOException {
        var crc = new CRC32();
        long size = member.deflated() ? inflate(member, crc, to) : store(member, crc, to);
        if (size != member.size() || crc.getValue() != member.crc()) {
            throw damaged(member);
        }
    }

    private long store(ZipMember member, CRC32 crc, OutputStream to) throws IOException {
        crc.update(zip, member.data(), member.compressed());
        to.write(zip, member.data(), member.compressed());
        return member.compressed();
    }

    private long inflate(ZipMember member, CRC32 crc, OutputStream to) throws IOException {
        var inflater = new Inflater(true);
        try {
            inflater.setInput(zip, member.data(), member.compressed());
            var chunk = new byte[CHUNK];
            long size = 0;
            while (!inflater.finished() && size <= member.size()) {
                int length = inflater.inflate(chunk);
                if (length == 0 && !inflater.finished()) {
                    throw damaged(member);
                }
                crc.update(chunk, 0, length);
                to.write(chunk, 0, length);
                size += length;
            }
            if (!inflater.finished() || inflater.getRemaining() > 0) {
                throw damaged(member);
            }
            return size;
        } catch (DataFormatException e) {
            throw damaged(member);
        } finally {
            inflater.end();
        }
    }

    private static PluginRefused damaged(ZipMember member) {
        return new PluginRefused(
                ZipDirectory.quoted(member.name()) + " is damaged: its size or checksum is wrong; copy the zip again");
    }
}
