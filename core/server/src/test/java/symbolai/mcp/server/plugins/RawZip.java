package symbolai.mcp.server.plugins;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes zips byte by byte, so that a test can write wrong ones. */
final class RawZip {

    /** One entry; each part can be made wrong. */
    static final class Entry {
        private byte[] name;
        private byte[] localName;
        private byte[] data;
        private int method;
        private int flags = 1 << 11;
        private int madeBy;
        private long attributes;
        private long crc;
        private long size;
        private long compressed;
        private int offset = -1;

        private Entry(String name, byte[] contents) {
            this.name = name.getBytes(StandardCharsets.UTF_8);
            this.localName = this.name;
            this.data = contents;
            this.size = contents.length;
            this.compressed = contents.length;
            var sum = new CRC32();
            sum.update(contents);
            this.crc = sum.getValue();
        }

        Entry deflated() {
            var deflater = new Deflater(9, true);
            deflater.setInput(data);
            deflater.finish();
            var out = new ByteArrayOutputStream();
            var chunk = new byte[64 * 1024];
            while (!deflater.finished()) {
                out.write(chunk, 0, deflater.deflate(chunk));
            }
            deflater.end();
            data = out.toByteArray();
            compressed = data.length;
            method = 8;
            return this;
        }

        Entry method(int value) {
            method = value;
            return this;
        }

        Entry flags(int value) {
            flags = value;
            return this;
        }

        Entry unixMode(int mode) {
            madeBy = 3 << 8;
            attributes = (long) mode << 16;
            return this;
        }

        Entry crc(long value) {
            crc = value;
            return this;
        }

        Entry size(long value) {
            size = value;
            return this;
        }

        Entry compressed(long value) {
            compressed = value;
            return this;
        }

        Entry rawName(byte... bytes) {
            name = bytes;
            localName = bytes;
            return this;
        }

        Entry localName(String other) {
            localName = other.getBytes(StandardCharsets.UTF_8);
            return this;
        }

        /** The directory says that the entry begins here. */
        Entry offset(int value) {
            offset = value;
            return this;
        }
    }

    private final List<Entry> entries = new ArrayList<>();
    private int countOff;
    private int directoryOff;
    private String comment = "";

    RawZip add(Entry entry) {
        entries.add(entry);
        return this;
    }

    /** The end record says that there are so many entries more than there are. */
    RawZip countOff(int value) {
        countOff = value;
        return this;
    }

    /** The end record says that the directory begins so many bytes later than it does. */
    RawZip directoryOff(int value) {
        directoryOff = value;
        return this;
    }

    RawZip comment(String value) {
        comment = value;
        return this;
    }

    static Entry entry(String name, String contents) {
        return entry(name, contents.getBytes(StandardCharsets.UTF_8));
    }

    static Entry entry(String name, byte[] contents) {
        return new Entry(name, contents);
    }

    byte[] bytes() {
        var out = new ByteArrayOutputStream();
        var directory = new ByteArrayOutputStream();
        for (var entry : entries) {
            int start = out.size();
            var local = buffer(30)
                    .putInt(0x04034b50)
                    .putShort((short) 20)
                    .putShort((short) entry.flags)
                    .putShort((short) entry.method)
                    .putInt(0)
                    .putInt((int) entry.crc)
                    .putInt((int) entry.compressed)
                    .putInt((int) entry.size)
                    .putShort((short) entry.localName.length)
                    .putShort((short) 0);
            out.writeBytes(local.array());
            out.writeBytes(entry.localName);
            out.writeBytes(entry.data);
            var central = buffer(46)
                    .putInt(0x02014b50)
                    .putShort((short) (20 | entry.madeBy))
                    .putShort((short) 20)
                    .putShort((short) entry.flags)
                    .putShort((short) entry.method)
                    .putInt(0)
                    .putInt((int) entry.crc)
                    .putInt((int) entry.compressed)
                    .putInt((int) entry.size)
                    .putShort((short) entry.name.length)
                    .putShort((short) 0)
                    .putShort((short) 0)
                    .putShort((short) 0)
                    .putShort((short) 0)
                    .putInt((int) entry.attributes)
                    .putInt(entry.offset < 0 ? start : entry.offset);
            directory.writeBytes(central.array());
            directory.writeBytes(entry.name);
        }
        var end = buffer(22)
                .putInt(0x06054b50)
                .putInt(0)
                .putShort((short) (entries.size() + countOff))
                .putShort((short) (entries.size() + countOff))
                .putInt(directory.size())
                .putInt(out.size() + directoryOff)
                .putShort((short) comment.length());
        out.writeBytes(directory.toByteArray());
        out.writeBytes(end.array());
        out.writeBytes(comment.getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    private static ByteBuffer buffer(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }
}
