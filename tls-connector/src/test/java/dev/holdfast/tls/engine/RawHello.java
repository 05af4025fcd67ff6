package dev.holdfast.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** A ClientHello of TLS 1.2 byte for byte, and what a ServerHello says to it. */
final class RawHello {
  static final int SUPPORTED_GROUPS = 10;
  static final int SUPPORTED_VERSIONS = 43;
  static final int KEY_SHARE = 51;
  static final int EXTENDED_MASTER_SECRET = 23;
  static final int TOKEN_BINDING = 24;
  static final int RENEGOTIATION_INFO = 0xff01;

  private static final byte ONE = 1;
  private static final byte THREE = 3;
  private static final byte[] P256_ONLY = {0, 2, 0, 23};
  private static final byte[] SCHEMES = {0, 4, 4, 3, 8, 4};
  private final Map<Integer, byte[]> extensions = new LinkedHashMap<>();
  private byte[] sessionId = new byte[0];
  private byte[] suites = {(byte) 0xc0, 0x2b, (byte) 0xc0, 0x2f};
  private byte[] compressions = {0};

  RawHello() {
    extensions.put(SUPPORTED_GROUPS, P256_ONLY);
    extensions.put(13, SCHEMES);
  }

  static RawHello offeringTokenBinding() {
    return new RawHello()
        .with(TOKEN_BINDING, new byte[] {1, 0, 1, 2})
        .with(EXTENDED_MASTER_SECRET, new byte[0])
        .with(RENEGOTIATION_INFO, new byte[1]);
  }

  /** Makes hellos. */
  interface HelloSource {
    RawHello hello();
  }

  /** TLS 1.3 with this key share, which is to be of 32 bytes and of the group x25519. */
  static RawHello ofTls13(byte[] x25519) {
    ByteArrayOutputStream share = new ByteArrayOutputStream();
    share.writeBytes(new byte[] {0, 36, 0, 29, 0, 32});
    share.writeBytes(x25519);
    return new RawHello()
        .withSuites(0x1301)
        .with(SUPPORTED_GROUPS, new byte[] {0, 2, 0, 29})
        .with(SUPPORTED_VERSIONS, new byte[] {2, 3, 4})
        .with(KEY_SHARE, share.toByteArray());
  }

  /** The alert at the end of these bytes, in the clear. */
  static int alert(byte[] said) {
    byte[] last = Arrays.copyOfRange(said, said.length - 7, said.length);
    assertThat(last[2]).as("a record of no later version than TLS 1.2").isBetween(ONE, THREE);
    last[2] = THREE; // it may be an older client's
    assertThat(last).as("a fatal alert").startsWith(21, 3, 3, 0, 2, 2);
    return last[6];
  }

  RawHello with(int type, byte[] data) {
    extensions.put(type, data);
    return this;
  }

  RawHello without(int type) {
    extensions.remove(type);
    return this;
  }

  /** Offers a session to be resumed. */
  RawHello resuming(byte[] id) {
    sessionId = id.clone();
    return this;
  }

  /** Offers these cipher suites, two bytes each. */
  RawHello withSuites(int... values) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int value : values) {
      two(all, value);
    }
    suites = all.toByteArray();
    return this;
  }

  RawHello withCompressions(byte... methods) {
    compressions = methods.clone();
    return this;
  }

  /** One record. */
  byte[] encoded() {
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    extensions.forEach(
        (type, data) -> {
          two(rest, type);
          two(rest, data.length);
          rest.writeBytes(data);
        });
    ByteArrayOutputStream hello = new ByteArrayOutputStream();
    two(hello, 0x0303);
    hello.writeBytes(new byte[32]);
    hello.write(sessionId.length);
    hello.writeBytes(sessionId);
    two(hello, suites.length);
    hello.writeBytes(suites);
    hello.write(compressions.length);
    hello.writeBytes(compressions);
    two(hello, rest.size());
    hello.writeBytes(rest.toByteArray());
    ByteArrayOutputStream record = new ByteArrayOutputStream();
    record.writeBytes(new byte[] {22, 3, 1});
    two(record, hello.size() + 4);
    record.write(1);
    record.write(0);
    two(record, hello.size());
    record.writeBytes(hello.toByteArray());
    return record.toByteArray();
  }

  private static void two(ByteArrayOutputStream out, int value) {
    out.write(value >>> 8);
    out.write(value);
  }

  /** The session ID of the ServerHello at the start of these bytes. */
  static byte[] sessionId(byte[] flight) {
    int at = 5 + 4 + 2 + 32;
    return Arrays.copyOfRange(flight, at + 1, at + 1 + flight[at]);
  }

  /** The random of the ServerHello at the start of these bytes. */
  static byte[] random(byte[] flight) {
    return Arrays.copyOfRange(flight, 11, 11 + 32);
  }

  /** The cipher suite of the ServerHello at the start of these bytes. */
  static int suite(byte[] flight) {
    return Short.toUnsignedInt(ByteBuffer.wrap(flight).getShort(44 + flight[43]));
  }

  /** The extensions of the ServerHello at the start of these bytes. */
  static Map<Integer, byte[]> answered(byte[] flight) {
    ByteBuffer in = ByteBuffer.wrap(flight);
    in.position(5 + 4 + 2 + 32);
    in.position(in.position() + 1 + in.get(in.position()) + 3);
    Map<Integer, byte[]> answered = new LinkedHashMap<>();
    int end = in.getShort() + in.position();
    while (in.position() < end) {
      int type = Short.toUnsignedInt(in.getShort());
      byte[] data = new byte[in.getShort()];
      in.get(data);
      answered.put(type, data);
    }
    return answered;
  }
}
