package dev.holdfast.configuration;

import org.jspecify.annotations.Nullable;

/** How an edge makes of its settings whom to trust when an issuer is called. */
@FunctionalInterface
public interface IssuerTrustReader {

  /**
   * What it says, or null for the JVM's own trust.
   *
   * @param issuer the issuer's name in the settings, such as {@code holdfast.tokens.issuers[0]}
   * @param bundle {@code .ssl-bundle}, which only Spring Boot has; null where it is not written
   * @param certificates {@code .trusted-certificates}; null where it is not written
   * @throws InvalidSettingException when there is nothing to be read
   */
  @Nullable IssuerTls of(String issuer, @Nullable String bundle, @Nullable String certificates);
}
