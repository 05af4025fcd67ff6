package dev.holdfast.configuration.settings;

import dev.holdfast.configuration.Setting;
import dev.holdfast.http.Forwarding;
import dev.holdfast.http.SecretHeader;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code proxies}: whose headers are believed. A peer must meet every condition that is set here;
 * what it forwards about addresses never counts.
 *
 * @param trusted the networks or addresses that they connect from, such as 10.0.0.0/8, IPv4 and
 *     IPv6; none: nobody is trusted
 * @param trustEveryone says that networks which leave nobody out are meant
 * @param certificates the peer must also have proven one of these certificates in its TLS
 *     handshake; each the SHA-256 of the DER, base64url or hexadecimal; none: it need not have any
 * @param secretHeader a secret that the peer must also know
 * @param forwarding where a trusted proxy says which scheme, host and port its client asked for
 * @param externalUri what every target URI begins with, as clients write it, such as
 *     https://api.example, with a path if the proxy removes one; default: it is taken from the
 *     request
 * @param originalUriHeader a field in which a trusted proxy forwards the target as its client wrote
 *     it, such as X-Original-URI, because it hands on another one; it must set or remove it on
 *     every request; default: the target is the request's own
 */
public record ProxySettings(
    List<String> trusted,
    @Setting("false") boolean trustEveryone,
    Set<String> certificates,
    @Nullable SecretHeader secretHeader,
    @Setting("none") Forwarding forwarding,
    @Setting @Nullable String externalUri,
    @Setting @Nullable String originalUriHeader) {

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
