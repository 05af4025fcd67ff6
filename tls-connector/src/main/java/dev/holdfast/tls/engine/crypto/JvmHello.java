package dev.holdfast.tls.engine.crypto;

import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.bouncycastle.tls.ExtensionType;

/**
 * What the JVM's own TLS offers as a client (RFC 8446 section 4.1.2).
 *
 * @param signatureSchemes the values of {@code signature_algorithms}
 * @param groups the values of {@code supported_groups}
 */
record JvmHello(Set<Integer> signatureSchemes, Set<Integer> groups) {
  private static final int RECORD_AND_MESSAGE_HEADERS = 5 + 4;
  private static final int VERSION_AND_RANDOM = 2 + 32;

  /**
   * Reads what a client of the same JVM begins with.
   *
   * @param client an engine of the JVM's own TLS
   * @param versions those that it is to offer
   * @throws IllegalStateException when it makes no ClientHello that can be read, so that nobody
   *     speaks what may be ruled out
   */
  static JvmHello of(SSLEngine client, String[] versions) {
    client.setUseClientMode(true);
    client.setEnabledProtocols(versions);
    client.setEnabledCipherSuites(client.getSupportedCipherSuites());
    ByteBuffer record = ByteBuffer.allocate(client.getSession().getPacketBufferSize());
    try {
      client.wrap(ByteBuffer.allocate(0), record);
      return read(record.flip());
    } catch (SSLException | RuntimeException e) {
      throw new IllegalStateException(
          "the JVM's own TLS cannot be asked which signature schemes and groups"
              + " jdk.tls.disabledAlgorithms rules out",
          e);
    }
  }

  private static JvmHello read(ByteBuffer hello) {
    skip(hello, RECORD_AND_MESSAGE_HEADERS + VERSION_AND_RANDOM);
    skip(hello, hello.get() & 0xff); // session id
    skip(hello, hello.getShort() & 0xffff); // cipher suites
    skip(hello, hello.get() & 0xff); // compression methods
    ByteBuffer extensions = vector(hello);
    Set<Integer> schemes = Set.of();
    Set<Integer> groups = Set.of();
    while (extensions.hasRemaining()) {
      int type = extensions.getShort() & 0xffff;
      ByteBuffer data = vector(extensions);
      if (type == ExtensionType.signature_algorithms) {
        schemes = values(vector(data));
      } else if (type == ExtensionType.supported_groups) {
        groups = values(vector(data));
      }
    }
    return new JvmHello(schemes, groups);
  }

  private static void skip(ByteBuffer buffer, int count) {
    buffer.position(buffer.position() + count);
  }

  private static ByteBuffer vector(ByteBuffer buffer) {
    int length = buffer.getShort() & 0xffff;
    ByteBuffer vector = buffer.slice(buffer.position(), length);
    skip(buffer, length);
    return vector;
  }

  private static Set<Integer> values(ByteBuffer list) {
    Set<Integer> values = new LinkedHashSet<>();
    while (list.hasRemaining()) {
      values.add(list.getShort() & 0xffff);
    }
    return Set.copyOf(values);
  }
}
