package dev.holdfast.spring.webflux;

import dev.holdfast.spring.webflux.look.TokenTakers;

/** Which filters are Holdfast's own, and which classes the application vouches for. */
final class OwnFilters {
  private OwnFilters() {}

  static TokenTakers takers() {
    return new TokenTakers(
        filter -> filter instanceof EnforcedTokenFilter || filter instanceof AdmittingFilter,
        chain -> chain instanceof CheckedChain,
        type -> type.isAnnotationPresent(TakesNoAccessTokens.class));
  }
}
