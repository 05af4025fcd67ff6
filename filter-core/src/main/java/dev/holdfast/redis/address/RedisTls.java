package dev.holdfast.redis.address;

import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * How TLS is spoken to Redis. The name in the server's certificate is always compared with the host
 * that was called.
 *
 * @param identity the client's certificate, initialized; null for none
 * @param trust whom to trust, initialized; null for the JVM's trust store
 * @param ciphers the only cipher suites, by their names in Java; empty for the usual ones
 * @param protocols the only versions, such as {@code TLSv1.3}; empty for the usual ones
 */
public record RedisTls(
    @Nullable KeyManagerFactory identity,
    @Nullable TrustManagerFactory trust,
    List<String> ciphers,
    List<String> protocols) {

  /** No certificate of the client, and the JVM's trust store. */
  public static final RedisTls DEFAULTS = new RedisTls(null, null);

  /** Copies the lists. */
  public RedisTls {
    ciphers = List.copyOf(ciphers);
    protocols = List.copyOf(protocols);
  }

  /** With the usual cipher suites and versions. */
  public RedisTls(@Nullable KeyManagerFactory identity, @Nullable TrustManagerFactory trust) {
    this(identity, trust, List.of(), List.of());
  }
}
