package dev.holdfast.spring.takers;

import dev.holdfast.spring.held.FilterFields;
import dev.holdfast.spring.held.HeldObjects;
import dev.holdfast.spring.held.SpringProxies;
import dev.holdfast.spring.held.UnseenFilterException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationManagerResolver;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.annotation.authentication.builders.AuthenticationManagerBuilder;
import org.springframework.security.config.annotation.authentication.configuration.AuthenticationConfiguration;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtIssuerAuthenticationManagerResolver;
import org.springframework.security.web.util.matcher.RequestMatcherEntry;

/**
 * Tells whether an {@link AuthenticationManager} verifies access tokens: a provider for them is in
 * it, in its parent, or in what it wraps.
 */
final class TokenManagers {
  private final Set<Object> seen = HeldObjects.newIdentitySet();

  private TokenManagers() {}

  /** Whether one of these is, or chooses, such a manager. */
  static boolean isAmong(List<Object> held) {
    TokenManagers managers = new TokenManagers();
    return held.stream().anyMatch(managers::verifiesTokens);
  }

  /** Spring Security's choice by the issuer of a JWT, which is for access tokens only. */
  static boolean isOfIssuers(Object held) {
    String own = JwtIssuerAuthenticationManagerResolver.class.getName();
    String name = held.getClass().getName();
    return held instanceof JwtIssuerAuthenticationManagerResolver || name.startsWith(own + '$');
  }

  private boolean verifiesTokens(Object seenFromOutside) {
    Object held = itself(seenFromOutside);
    if (held instanceof AuthenticationProvider provider) {
      return provider.supports(BearerTokenAuthenticationToken.class);
    }
    if (held instanceof AuthenticationManager || held instanceof AuthenticationManagerResolver) {
      return seen.add(held)
          && (isOfIssuers(held)
              || FilterFields.of(held).values().stream().anyMatch(this::leadsToOne)
              || (held instanceof AuthenticationManagerResolver<?> resolver && chooses(resolver)));
    }
    return false;
  }

  /** What is a manager's, or leads to one, is looked at itself; nobody asks what else there is. */
  private static @Nullable Object itself(Object held) {
    try {
      if (held instanceof AuthenticationConfiguration given) {
        return SpringProxies.behind(managerOf(given));
      }
      if (held instanceof AuthenticationManagerBuilder builder) {
        return builder.getObject();
      }
    } catch (IllegalStateException notBuilt) {
      return null;
    }
    return held instanceof AuthenticationManager
            || held instanceof AuthenticationProvider
            || held instanceof AuthenticationManagerResolver
        ? SpringProxies.behind(held)
        : held;
  }

  private static Object managerOf(AuthenticationConfiguration given) {
    try {
      return given.getAuthenticationManager();
    } catch (RuntimeException unchecked) {
      throw unchecked;
    } catch (Exception checked) { // declared by Spring Security 6.5, and not by 7
      throw new UnseenFilterException("its AuthenticationConfiguration fails", checked);
    }
  }

  /**
   * In its own fields, or in a list of providers, or of managers with the requests they are for.
   */
  private boolean leadsToOne(Object value) {
    return HeldObjects.elements(value).stream()
        .anyMatch(
            element ->
                verifiesTokens(element)
                    || (element instanceof RequestMatcherEntry<?> entry
                        && verifiesTokens(entry.getEntry())));
  }

  /** Tried out, where it chooses by the request. */
  @SuppressWarnings("unchecked") // for requests: a filter holds it
  private boolean chooses(AuthenticationManagerResolver<?> resolver) {
    CredentialProbe probe = CredentialProbe.bearer();
    Object manager;
    try {
      manager = ((AuthenticationManagerResolver<Object>) resolver).resolve(probe.request());
    } catch (RuntimeException refused) {
      return probe.wasRead(); // it chooses by the token, which is not one of its issuers'
    }
    return manager != null && verifiesTokens(manager);
  }
}
