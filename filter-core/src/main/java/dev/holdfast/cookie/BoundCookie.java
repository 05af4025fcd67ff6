package dev.holdfast.cookie;

/**
 * A cookie as it is bound: whoever holds this value under this name may use it with the right key
 * only.
 *
 * @param name its name, case-sensitive
 * @param value its value, or the identifier of the session that it opens
 */
public record BoundCookie(String name, String value) {

  /** What is bound, without the value, which is a secret. */
  @Override
  public String toString() {
    return "BoundCookie[" + name + "]";
  }
}
