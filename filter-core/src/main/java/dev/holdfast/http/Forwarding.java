package dev.holdfast.http;

/** Where a trusted proxy says which scheme, host and port its client asked for. */
public enum Forwarding {
  /** Nowhere. */
  NONE,
  /** In {@code Forwarded} (RFC 7239). */
  FORWARDED,
  /** In {@code X-Forwarded-Proto}, {@code -Host}, {@code -Port} and {@code -Prefix}. */
  X_FORWARDED
}
