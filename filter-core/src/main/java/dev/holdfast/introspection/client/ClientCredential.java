package dev.holdfast.introspection.client;

import org.jspecify.annotations.Nullable;

/** By what an issuer knows this service. Thread-safe; its {@code toString} shows no secret. */
public sealed interface ClientCredential permits ClientAssertions, ClientSecret {

  /** The field {@code Authorization}, the same for every request; null to send none. */
  @Nullable String authorization();

  /**
   * What a request's form has in addition, encoded: empty, or parameters that each begin with an
   * ampersand.
   */
  String parameters();
}
