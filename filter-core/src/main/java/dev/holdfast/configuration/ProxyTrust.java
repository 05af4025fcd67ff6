package dev.holdfast.configuration;

import dev.holdfast.Sha256Digest;
import dev.holdfast.internal.net.AddressRanges;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@link ProxySettings}, read and found to be safe: what a peer must be to be believed.
 *
 * @param networks where its socket's address lies
 * @param certificates one of which it has proven; empty: it need not have any
 * @param secretHeader what it must know, or null
 */
public record ProxyTrust(
    AddressRanges networks,
    Set<Sha256Digest> certificates,
    ProxySettings.@Nullable SecretHeader secretHeader) {

  /** Copies the set. */
  public ProxyTrust {
    certificates = Set.copyOf(certificates);
  }
}
