package dev.holdfast.http;

import dev.holdfast.Sha256Digest;
import dev.holdfast.internal.net.AddressRanges;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a peer must be to be believed as a proxy: it meets every condition that is set.
 *
 * @param networks where its socket's address lies
 * @param certificates one of which it has proven; empty: it need not have any
 * @param secretHeader what it must know, or null
 */
public record ProxyTrust(
    AddressRanges networks, Set<Sha256Digest> certificates, @Nullable SecretHeader secretHeader) {

  /** Copies the set. */
  public ProxyTrust {
    certificates = Set.copyOf(certificates);
  }
}
