package dev.holdfast.internal.json;

/** Bytes that are not one strict JSON object. The message names the rule and never quotes them. */
public final class MalformedJsonException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedJsonException(String rule) {
    super(rule);
  }
}
