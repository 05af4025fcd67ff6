package dev.holdfast.spring.takers;

import dev.holdfast.spring.held.TokenReaders;
import java.util.LinkedHashSet;
import java.util.Set;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Where a bearer filter takes a token from, beside the field {@code Authorization}: a parameter
 * (RFC 6750 sections 2.2 and 2.3), another field, a cookie. Found by trying its converter, with a
 * token that is none.
 */
public final class ElsewhereTokens {
  private static final int MOST_PLACES = 20;

  private ElsewhereTokens() {}

  /** Where this filter looks beside {@code Authorization}. */
  public static Set<String> in(BearerTokenAuthenticationFilter filter) {
    AuthenticationConverter converter = TokenReaders.of(filter);
    Set<String> places = new LinkedHashSet<>();
    if (converter != null) {
      addAll(places, converter, "GET");
      addAll(places, converter, "POST");
    }
    return places;
  }

  /** One that finds a token asks no further: it is tried again without what it has found. */
  private static void addAll(
      Set<String> places, AuthenticationConverter converter, String httpMethod) {
    boolean foundMore = true;
    while (foundMore && places.size() < MOST_PLACES) {
      CredentialProbe fewer = CredentialProbe.elsewhere(httpMethod).without(places);
      foundMore = places.addAll(tried(converter, fewer));
    }
  }

  private static Set<String> tried(AuthenticationConverter converter, CredentialProbe probe) {
    boolean madeSomething;
    try {
      madeSomething = converter.convert(probe.request()) != null;
    } catch (RuntimeException refused) {
      madeSomething = true; // it read what it was given
    }
    Set<String> asked = probe.askedElsewhere();
    if (madeSomething) {
      return asked;
    }
    return asked.contains(CredentialProbe.COOKIE) ? Set.of(CredentialProbe.COOKIE) : Set.of();
  }
}
