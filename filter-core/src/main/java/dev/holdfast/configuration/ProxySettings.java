package dev.holdfast.configuration;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code proxies}: whose headers are believed. A peer must meet every condition that is set here;
 * what it forwards about addresses never counts.
 *
 * @param trusted {@code .trusted}: networks such as {@code 10.0.0.0/8} or single addresses, IPv4
 *     and IPv6; empty trusts nobody
 * @param trustEveryone {@code .trust-everyone}: says that networks which leave nobody out are meant
 * @param certificates {@code .certificates}: the peer must also have proven one of these
 *     certificates in its TLS handshake; each the SHA-256 of the DER, base64url or hexadecimal;
 *     empty asks for none
 * @param secretHeader {@code .secret-header}: the peer must also know this secret; null asks for
 *     none
 */
public record ProxySettings(
    List<String> trusted,
    boolean trustEveryone,
    Set<String> certificates,
    @Nullable SecretHeader secretHeader) {

  /** Copies the collections. */
  public ProxySettings {
    trusted = List.copyOf(trusted);
    certificates = Set.copyOf(certificates);
  }

  /** Nobody is trusted. */
  public static ProxySettings none() {
    return new ProxySettings(List.of(), false, Set.of(), null);
  }

  /** These networks are trusted, without a further condition. */
  public static ProxySettings trusting(String... networks) {
    return new ProxySettings(List.of(networks), false, Set.of(), null);
  }

  /**
   * {@code proxies.secret-header}: a header by which a proxy shows that it knows a secret. No
   * application ever sees it.
   *
   * @param name the header's name
   * @param value the secret; never shown
   */
  public record SecretHeader(String name, String value) {
    @Override
    public String toString() {
      return "SecretHeader[name=" + name + "]";
    }
  }
}
