package dev.holdfast.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * As much of HTTP/2 as a GET needs, over a connection that has agreed on it; fields are sent as
 * literals (RFC 7541 section 6.2.3). One request at a time.
 */
public final class Http2Call {
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GOAWAY = 7;
  private static final byte STATUS_200 = (byte) 0x88;

  /** Of the static table (RFC 7541 appendix A). */
  private static final Map<String, Integer> TABLE =
      Map.of(":authority", 1, ":method", 2, ":path", 4, ":scheme", 6);

  private final DataInputStream in;
  private final OutputStream out;
  private int stream = -1;

  /** Writes the connection preface (RFC 9113 section 3.4). */
  public Http2Call(InputStream in, OutputStream out) throws IOException {
    this.in = new DataInputStream(in);
    this.out = out;
    out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    send(SETTINGS, 0, 0, new byte[0]);
  }

  /**
   * The body, or {@code refused} where the status is not 200.
   *
   * @param fields header fields, each {@code name: value}
   */
  public String get(String path, String... fields) throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of(":method: GET", ":scheme: https", ":authority: localhost", ":path: " + path));
    all.addAll(List.of(fields));
    return send(all);
  }

  /**
   * The same for a request whose pseudo-header fields are the caller's too. A stream that the
   * server resets was refused.
   *
   * @param fields in their order, each {@code name: value}
   */
  public String send(List<String> fields) throws IOException {
    stream += 2;
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (String field : fields) {
      int colon = field.indexOf(": ");
      literal(
          block, field.substring(0, colon).toLowerCase(Locale.ROOT), field.substring(colon + 2));
    }
    send(HEADERS, 5, stream, block.toByteArray()); // END_STREAM, END_HEADERS
    return answer();
  }

  private String answer() throws IOException {
    boolean ok = false;
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
      int type = in.readUnsignedByte();
      int flags = in.readUnsignedByte();
      int of = in.readInt();
      byte[] payload = in.readNBytes(length);
      if (type == SETTINGS && (flags & 1) == 0) {
        send(SETTINGS, 1, 0, new byte[0]);
      } else if (type == PING && (flags & 1) == 0) {
        send(PING, 1, 0, payload);
      } else if (type == GOAWAY) {
        throw new IOException("goaway");
      } else if (of == stream) {
        if (type == RST_STREAM) {
          return "refused";
        }
        if (type == HEADERS) {
          ok = isOk(payload);
        } else if (type == DATA) {
          body.writeBytes(payload);
        }
        if (type <= HEADERS && (flags & 1) == 1) {
          return ok ? body.toString(StandardCharsets.US_ASCII) : "refused";
        }
      }
    }
  }

  /** The status comes first, after changes of the table's size. */
  private static boolean isOk(byte[] block) {
    int at = 0;
    while ((block[at] & 0xe0) == 0x20) {
      boolean longer = (block[at] & 0x1f) == 0x1f;
      at++;
      while (longer) {
        longer = block[at++] < 0;
      }
    }
    return block[at] == STATUS_200;
  }

  /** Never indexed; Tomcat 10.1 takes the names with a colon from its table only. */
  private static void literal(ByteArrayOutputStream block, String name, String value) {
    int index = TABLE.getOrDefault(name, 0);
    block.write(0x10 | index);
    if (index == 0) {
      text(block, name);
    }
    text(block, value);
  }

  private static void text(ByteArrayOutputStream block, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    if (bytes.length < 127) {
      block.write(bytes.length);
    } else {
      block.write(127);
      int rest = bytes.length - 127;
      while (rest >= 128) {
        block.write((rest & 0x7f) | 0x80);
        rest >>>= 7;
      }
      block.write(rest);
    }
    block.writeBytes(bytes);
  }

  private void send(int type, int flags, int of, byte[] payload) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(payload.length >>> 16);
    frame.write(payload.length >>> 8);
    frame.write(payload.length);
    frame.write(type);
    frame.write(flags);
    frame.writeBytes(
        new byte[] {(byte) (of >>> 24), (byte) (of >>> 16), (byte) (of >>> 8), (byte) of});
    frame.writeBytes(payload);
    out.write(frame.toByteArray());
    out.flush();
  }
}
