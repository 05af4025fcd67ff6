package dev.holdfast.tokenbinding.message;

import org.jspecify.annotations.Nullable;

/**
 * Whether a client referred to the key that it uses with another server (RFC 8471 section 3.1).
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8473#section-5.4">RFC 8473, section 5.4</a>
 */
public enum Referral {
  /** It referred to no key. */
  NONE,
  /** It referred to a key, and the key is known. */
  KNOWN,
  /**
   * It referred to a key of a kind that is not supported here. A token for the other server must
   * not be bound at all then, and to the provided key least of all.
   */
  UNSUPPORTED;

  static Referral of(@Nullable TokenBindingId referred) {
    if (referred == null) {
      return NONE;
    }
    return referred.knownKeyParameters() == null ? UNSUPPORTED : KNOWN;
  }
}
