package dev.holdfast.spring.witness;

import dev.holdfast.spring.held.HeldParts;
import java.util.List;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationManagerResolver;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;

/**
 * The introspectors of Spring Security's that an introspector of the application's, or a chain's
 * manager, leads to: by its fields, by what a lambda has captured, and through proxies of Spring's.
 * What lies further away is not found, so that nothing is known of its answers.
 */
public final class HeldIntrospectors {
  private static final int MOST_STEPS = 12;

  private HeldIntrospectors() {}

  /** Those that this leads to, itself included. */
  public static List<OpaqueTokenIntrospector> in(Object start) {
    return HeldParts.in(
            start, MOST_STEPS, WatchedIntrospector::isSprings, HeldIntrospectors::leadsOn)
        .stream()
        .map(OpaqueTokenIntrospector.class::cast)
        .toList();
  }

  private static boolean leadsOn(Object object) {
    return object instanceof OpaqueTokenIntrospector
        || object instanceof AuthenticationManager
        || object instanceof AuthenticationProvider
        || object instanceof AuthenticationManagerResolver
        || HeldParts.isOfApplication(object);
  }
}
