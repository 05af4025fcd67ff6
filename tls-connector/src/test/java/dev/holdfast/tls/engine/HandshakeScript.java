package dev.holdfast.tls.engine;

import dev.holdfast.testing.RecordRewriting;
import dev.holdfast.testing.RecordRewriting.Plain;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How one client of {@link HandshakeFuzzTest} behaves, read from bytes: two for the kind of client,
 * then what it does to its records, each of them with the number of the record it is done to.
 */
final class HandshakeScript {
  private static final int RECORDS = 16;
  private static final List<Kind> KINDS = List.of(Kind.values());

  private final byte[] script;
  private final List<Change> changes = new ArrayList<>();
  private final List<Extension> extensions = new ArrayList<>();
  private int at = 2;
  private int written;
  private int sent;

  /** What is done to a record. */
  private enum Kind {
    FLIP,
    CUT,
    INSERT,
    DROP,
    REPEAT,
    RETYPE,
    BEFORE,
    FLIP_ENCRYPTED,
    CUT_ENCRYPTED,
    REPEAT_ENCRYPTED,
    SPLIT,
    EXTENSION
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Change(Kind kind, int record, int position, byte[] data) {}

  /** One more extension of the ClientHello, in the transcript of both ends. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Extension(int type, byte[] content) {}

  HandshakeScript(byte[] script) {
    this.script = script;
    while (at < script.length) {
      Kind kind = KINDS.get(next() % KINDS.size());
      int record = next() % RECORDS;
      int position = next() << 8 | next();
      byte[] data = data(next());
      if (kind == Kind.EXTENSION) {
        extensions.add(new Extension(position, data));
      } else {
        changes.add(new Change(kind, record, position, data));
      }
    }
  }

  /** A script of words, such as {@code "flip 0 40 ff; drop 2"}; data is hexadecimal. */
  static byte[] of(String words, int... flags) {
    int set = 0;
    for (int flag : flags) {
      set |= 1 << flag;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(set);
    out.write(set >>> 8);
    for (String line : words.isEmpty() ? new String[0] : words.split("; ")) {
      String[] parts = Arrays.copyOf(line.split(" "), 4);
      out.write(KINDS.indexOf(Kind.valueOf(parts[0].toUpperCase(Locale.ROOT))));
      out.write(Integer.parseInt(parts[1]));
      int position = parts[2] == null ? 0 : Integer.parseInt(parts[2]);
      out.write(position >>> 8);
      out.write(position);
      byte[] data = parts[3] == null ? new byte[0] : java.util.HexFormat.of().parseHex(parts[3]);
      out.write(data.length);
      out.writeBytes(data);
    }
    return out.toByteArray();
  }

  private int next() {
    return at < script.length ? script[at++] & 0xff : 0;
  }

  private byte[] data(int length) {
    byte[] data = Arrays.copyOfRange(script, Math.min(at, script.length), script.length);
    data = Arrays.copyOf(data, Math.min(length, data.length));
    at += data.length;
    return data;
  }

  /** One of the flags of the first two bytes. */
  boolean says(int flag) {
    return flag / 8 < script.length && (script[flag / 8] >>> (flag % 8) & 1) != 0;
  }

  List<Extension> extensions() {
    return extensions;
  }

  /** Before the encryption. */
  RecordRewriting rewriting() {
    return (type, content) -> {
      List<Plain> records = new ArrayList<>(List.of(new Plain(type, content)));
      int number = written++;
      changes.stream()
          .filter(each -> each.record() == number)
          .forEach(each -> change(each, records));
      return records;
    };
  }

  private static void change(Change change, List<Plain> records) {
    Plain last = records.isEmpty() ? null : records.remove(records.size() - 1);
    if (last == null) {
      return;
    }
    byte[] content = last.content();
    int position = content.length == 0 ? 0 : change.position() % content.length;
    switch (change.kind()) {
      case FLIP -> records.add(new Plain(last.type(), flipped(content, position, change.data())));
      case CUT -> records.add(new Plain(last.type(), Arrays.copyOf(content, position)));
      case INSERT ->
          records.add(new Plain(last.type(), inserted(content, position, change.data())));
      case DROP -> {}
      case REPEAT -> records.addAll(List.of(last, last));
      case RETYPE -> records.add(new Plain((short) (change.position() & 0xff), content));
      case BEFORE -> {
        records.add(new Plain((short) (change.position() & 0xff), change.data()));
        records.add(last);
      }
      case SPLIT -> {
        records.add(new Plain(last.type(), Arrays.copyOf(content, position)));
        records.add(new Plain(last.type(), Arrays.copyOfRange(content, position, content.length)));
      }
      default -> records.add(last);
    }
  }

  /** On the wire: each flight of the client is one. */
  byte[] onTheWire(byte[] flight) {
    byte[] changed = flight;
    int number = sent++;
    for (Change change : changes) {
      if (change.record() == number && changed.length > 0) {
        int position = change.position() % changed.length;
        changed =
            switch (change.kind()) {
              case FLIP_ENCRYPTED -> flipped(changed, position, change.data());
              case CUT_ENCRYPTED -> Arrays.copyOf(changed, position);
              case REPEAT_ENCRYPTED -> inserted(changed, changed.length, changed);
              default -> changed;
            };
      }
    }
    return changed;
  }

  private static byte[] flipped(byte[] content, int position, byte[] data) {
    byte[] flipped = content.clone();
    for (int i = 0; i < data.length && position + i < flipped.length; i++) {
      flipped[position + i] ^= data[i];
    }
    return flipped;
  }

  private static byte[] inserted(byte[] content, int position, byte[] data) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(content, 0, position);
    all.writeBytes(data);
    all.write(content, position, content.length - position);
    return all.toByteArray();
  }
}
