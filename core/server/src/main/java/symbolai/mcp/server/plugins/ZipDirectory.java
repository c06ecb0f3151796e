package symbolai.mcp.server.plugins;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads the directory of a zip and refuses every zip that two readers could understand differently. */
final class ZipDirectory {

    private static final int END = 0x06054b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int LOCAL = 0x04034b50;
    private static final int DESCRIPTOR = 0x08074b50;
    private static final int END_LENGTH = 22;
    private static final int CENTRAL_LENGTH = 46;
    private static final int LOCAL_LENGTH = 30;
    private static final int ENCRYPTED = 1 | 1 << 6 | 1 << 13;
    private static final int SIZES_FOLLOW = 1 << 3;
    private static final int PATCH = 1 << 5;
    private static final int UTF_8 = 1 << 11;
    private static final int MADE_ON_UNIX = 3;
    private static final int UNIX_TYPE = 0xF000;

    private final ByteBuffer zip;
    private final ZipLimits limits;

    ZipDirectory(byte[] zip, ZipLimits limits) {
        this.zip = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        this.limits = limits;
    }

    /** The members in the order of the directory. */
    List<ZipMember> members() {
        int end = endRecord();
        int count = unsignedShort(end + 10);
        int position = offset(end + 16);
        if (unsignedShort(end + 4) != 0 || unsignedShort(end + 6) != 0 || unsignedShort(end + 8) != count) {
            throw new PluginRefused("the zip is one part of several");
        }
        if (count > limits.entries()) {
            throw new PluginRefused("the zip has " + count + " entries; at most " + limits.entries() + " are allowed");
        }
        if ((long) position + offset(end + 12) != end) {
            throw new PluginRefused("the zip's directory is not where the zip says");
        }
        int directory = position;
        var members = new ArrayList<ZipMember>();
        for (int i = 0; i < count; i++) {
            require(position, CENTRAL_LENGTH, end);
            members.add(member(position, directory));
            position += centralLength(position);
        }
        if (position != end) {
            throw new PluginRefused("the zip's directory is longer than its entries");
        }
        refuseOverlap(members);
        return members;
    }

    private int endRecord() {
        int lowest = Math.max(0, zip.limit() - END_LENGTH - 0xFFFF);
        for (int at = zip.limit() - END_LENGTH; at >= lowest; at--) {
            if (zip.getInt(at) == END && at + END_LENGTH + unsignedShort(at + 20) == zip.limit()) {
                return at;
            }
        }
        throw new PluginRefused("this is not a zip, or its end is missing: copy it again");
    }

    private ZipMember member(int at, int directory) {
        if (zip.getInt(at) != CENTRAL) {
            throw new PluginRefused("the zip's directory is damaged");
        }
        require(at, centralLength(at), zip.limit());
        String name = name(at + CENTRAL_LENGTH, unsignedShort(at + 28), unsignedShort(at + 8));
        int flags = unsignedShort(at + 8);
        int method = unsignedShort(at + 10);
        if ((flags & (ENCRYPTED | PATCH)) != 0) {
            throw new PluginRefused(quoted(name) + " is encrypted");
        }
        if (method != 0 && method != 8) {
            throw new PluginRefused(quoted(name) + " is compressed by method " + method + "; use deflate");
        }
        int compressed = offset(at + 20);
        int start = offset(at + 42);
        require(start, LOCAL_LENGTH, directory);
        refuseOtherLocalHeader(at, start, name);
        int data = start + LOCAL_LENGTH + unsignedShort(start + 26) + unsignedShort(start + 28);
        require(data, compressed, directory);
        int end = data + compressed + descriptorLength(flags, data + compressed, directory);
        return new ZipMember(
                name,
                unixType(at),
                method == 8,
                Integer.toUnsignedLong(zip.getInt(at + 16)),
                compressed,
                Integer.toUnsignedLong(zip.getInt(at + 24)),
                start,
                data,
                end);
    }

    private int centralLength(int at) {
        return CENTRAL_LENGTH + unsignedShort(at + 28) + unsignedShort(at + 30) + unsignedShort(at + 32);
    }

    private int unixType(int at) {
        return unsignedShort(at + 4) >>> 8 == MADE_ON_UNIX ? unsignedShort(at + 40) & UNIX_TYPE : 0;
    }

    private void refuseOtherLocalHeader(int at, int start, String name) {
        int length = unsignedShort(at + 28);
        boolean sizesFollow = (unsignedShort(start + 6) & SIZES_FOLLOW) != 0;
        boolean same = zip.getInt(start) == LOCAL
                && unsignedShort(start + 26) == length
                && unsignedShort(start + 6) == unsignedShort(at + 8)
                && unsignedShort(start + 8) == unsignedShort(at + 10)
                && (sizesFollow || zip.slice(start + 14, 12).equals(zip.slice(at + 16, 12)));
        require(start + LOCAL_LENGTH, length, zip.limit());
        if (!same || !zip.slice(start + LOCAL_LENGTH, length).equals(zip.slice(at + CENTRAL_LENGTH, length))) {
            throw new PluginRefused(quoted(name) + " is described in two different ways");
        }
    }

    private int descriptorLength(int flags, int at, int directory) {
        if ((flags & SIZES_FOLLOW) == 0) {
            return 0;
        }
        require(at, 12, directory);
        int length = zip.getInt(at) == DESCRIPTOR ? 16 : 12;
        require(at, length, directory);
        return length;
    }

    private String name(int at, int length, int flags) {
        require(at, length, zip.limit());
        var bytes = zip.slice(at, length);
        var charset = (flags & UTF_8) != 0 ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII;
        try {
            return charset.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new PluginRefused("the zip has a name that is not " + charset.name());
        }
    }

    private static void refuseOverlap(List<ZipMember> members) {
        int free = 0;
        for (var member : members.stream()
                .sorted(Comparator.comparingInt(ZipMember::start))
                .toList()) {
            if (member.start() < free) {
                throw new PluginRefused(quoted(member.name()) + " overlaps another entry");
            }
            free = member.end();
        }
    }

    private int offset(int at) {
        int value = zip.getInt(at);
        if (value < 0) {
            throw new PluginRefused("the zip is damaged, or larger than 2 GiB");
        }
        return value;
    }

    private int unsignedShort(int at) {
        return Short.toUnsignedInt(zip.getShort(at));
    }

    private static void require(int at, int length, int end) {
        if ((long) at + length > end) {
            throw new PluginRefused("the zip is cut off: copy it again");
        }
    }

    /** A name from a zip, safe to show. */
    static String quoted(String name) {
        var shown = new StringBuilder("'");
        name.codePoints()
                .limit(120)
                .forEach(c -> shown.appendCodePoint(
                        Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c));
        return shown.append('\'').toString();
    }
}
