package dev.holdfast.configuration;

import dev.holdfast.http.Forwarding;
import dev.holdfast.http.SecretHeader;
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
 * @param forwarding {@code .forwarding}: where a trusted proxy says what its client asked for
 * @param externalUri {@code .external-uri}: the base of every target URI, as clients write it, with
 *     a path if the proxy removes one; null: it is taken from the request
 * @param originalUriHeader {@code .original-uri-header}: a field in which a trusted proxy forwards
 *     the target as its client wrote it, such as {@code X-Original-URI}, because it hands on
 *     another one; it must set or remove it on every request; null: the target is the request's own
 */
public record ProxySettings(
    List<String> trusted,
    boolean trustEveryone,
    Set<String> certificates,
    @Nullable SecretHeader secretHeader,
    Forwarding forwarding,
    @Nullable String externalUri,
    @Nullable String originalUriHeader) {

  /** Copies the collections. */
  public ProxySettings {
    trusted = List.copyOf(trusted);
    certificates = Set.copyOf(certificates);
  }

  /** Nobody is trusted. */
  public static ProxySettings none() {
    return trusting();
  }

  /** These networks are trusted, without a further condition. */
  public static ProxySettings trusting(String... networks) {
    return new ProxySettings(List.of(networks), false, Set.of(), null, Forwarding.NONE, null, null);
  }
}
