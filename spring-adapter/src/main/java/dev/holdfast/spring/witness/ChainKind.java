package dev.holdfast.spring.witness;

import dev.holdfast.spring.held.HiddenField;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.ObservationAuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.authentication.OpaqueTokenAuthenticationProvider;

/** By what a chain verifies tokens, as far as its authentication manager shows it. */
public enum ChainKind {
  /** By a {@code JwtDecoder} alone: what a JWT says is what its issuer says. */
  JWT,
  /** By introspection alone: the issuer's answer counts, not what the token itself says. */
  OPAQUE,
  /** By something of the application's own, by several things, or it cannot be seen. */
  UNKNOWN;

  public static ChainKind of(@Nullable AuthenticationManager manager) {
    AuthenticationManager inner = manager;
    if (manager instanceof ObservationAuthenticationManager observed) {
      inner =
          HiddenField.read(
              ObservationAuthenticationManager.class, AuthenticationManager.class, observed);
    }
    if (!(inner instanceof ProviderManager providers)) {
      return UNKNOWN;
    }
    ChainKind kind = null;
    for (AuthenticationProvider provider : providers.getProviders()) {
      if (provider instanceof TokenWitness
          || !provider.supports(BearerTokenAuthenticationToken.class)) {
        continue;
      }
      ChainKind next = of(provider);
      if (kind != null && kind != next) {
        return UNKNOWN;
      }
      kind = next;
    }
    return kind == null ? UNKNOWN : kind;
  }

  private static ChainKind of(AuthenticationProvider provider) {
    if (provider instanceof JwtAuthenticationProvider) {
      return JWT;
    }
    return provider instanceof OpaqueTokenAuthenticationProvider ? OPAQUE : UNKNOWN;
  }
}
