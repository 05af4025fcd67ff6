package dev.holdfast.spring.verification;

import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/**
 * Multi-factor authentication of Spring Security 7: who has signed in by another factor keeps the
 * authorities of it. Spring's own filters see to that; here a token is verified without them.
 */
final class AuthenticationFactors {
  private AuthenticationFactors() {}

  /**
   * What the token authenticated, with the authorities that its class can take over.
   *
   * @param before who was authenticated when the token came; null when nobody was
   */
  static Authentication merge(Authentication token, @Nullable Authentication before) {
    if (before == null || !before.isAuthenticated() || !hasBuilderOfItsOwn(token.getClass())) {
      return token;
    }
    return token.toBuilder().authorities(all -> addMissing(before, all)).build();
  }

  /** One that is inherited would make another class of it. */
  private static boolean hasBuilderOfItsOwn(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .anyMatch(
            method -> method.getName().equals("toBuilder") && method.getParameterCount() == 0);
  }

  private static void addMissing(Authentication before, Collection<GrantedAuthority> all) {
    Set<@Nullable String> known =
        all.stream().map(GrantedAuthority::getAuthority).collect(Collectors.toSet());
    before.getAuthorities().stream()
        .filter(authority -> !known.contains(authority.getAuthority()))
        .forEach(all::add);
  }
}
