package dev.holdfast.cache;

import dev.holdfast.Sha256Digest;

/**
 * The name under which a cache knows a token.
 *
 * @param realm which configuration the answer belongs to
 * @param digest of the token's whole text
 */
record TokenKey(String realm, Sha256Digest digest) {

  /** The digest alone spreads well enough; this is the warm path. */
  @Override
  public int hashCode() {
    return digest.hashCode();
  }
}
