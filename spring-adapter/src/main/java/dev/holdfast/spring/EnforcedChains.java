package dev.holdfast.spring;

import dev.holdfast.configuration.InvalidSettingException;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;

/**
 * Counts the chains that are enforced, and stops a start in which nobody could ever verify a token:
 * no issuer, no decoder or introspector of the application's own, and no chain that brings one.
 */
final class EnforcedChains implements SmartInitializingSingleton {
  private final AtomicInteger count = new AtomicInteger();
  private final boolean hasPurpose;
  private final ObjectProvider<JwtDecoder> decoders;
  private final ObjectProvider<OpaqueTokenIntrospector> introspectors;

  EnforcedChains(
      boolean hasPurpose,
      ObjectProvider<JwtDecoder> decoders,
      ObjectProvider<OpaqueTokenIntrospector> introspectors) {
    this.hasPurpose = hasPurpose;
    this.decoders = decoders;
    this.introspectors = introspectors;
  }

  void add() {
    count.incrementAndGet();
  }

  @Override
  public void afterSingletonsInstantiated() {
    if (count.get() == 0
        && !hasPurpose
        && decoders.stream().findAny().isEmpty()
        && introspectors.stream().findAny().isEmpty()) {
      throw new InvalidSettingException(
          "holdfast.tokens.issuers",
          "no issuer is configured, so that no token could be verified",
          "Set holdfast.tokens.issuers[0].issuer to the issuer of your access tokens, or Boot's"
              + " spring.security.oauth2.resourceserver.jwt.issuer-uri, or give a"
              + " SecurityFilterChain its oauth2ResourceServer");
    }
  }
}
