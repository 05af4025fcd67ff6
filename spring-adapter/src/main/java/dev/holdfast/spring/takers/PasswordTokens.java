package dev.holdfast.spring.takers;

import dev.holdfast.spring.held.FilterFields;
import dev.holdfast.spring.held.HeldObjects;
import dev.holdfast.spring.held.HeldParts;
import dev.holdfast.spring.held.SpringProxies;
import jakarta.servlet.Filter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationManagerResolver;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.ott.OneTimeTokenAuthenticationToken;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.authentication.OpaqueTokenAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.web.util.matcher.RequestMatcherEntry;
import org.springframework.util.function.SingletonSupplier;

/**
 * Providers and managers that are for other credentials than access tokens, and hold what verifies
 * an access token: behind {@code httpBasic}, for example, a token may come as a password, without
 * its key. Those of the application's count, and Spring Security's own for passwords over something
 * of the application's.
 */
public final class PasswordTokens {
  private static final int MOST_STEPS = 6;
  private static final List<Class<?>> CREDENTIALS =
      List.of(UsernamePasswordAuthenticationToken.class, OneTimeTokenAuthenticationToken.class);

  private final Set<Object> seen = HeldObjects.newIdentitySet();
  private final Set<String> found = new LinkedHashSet<>();

  private PasswordTokens() {}

  /** The classes of those that the managers of this filter lead to. */
  public static Set<String> providersOf(Filter filter) {
    PasswordTokens tokens = new PasswordTokens();
    if (!(filter instanceof ConfirmingFilter)) { // which takes access tokens, and no passwords
      tokens.lookInto(filter);
    }
    return tokens.found;
  }

  private void lookInto(Object holder) {
    heldIn(holder).forEach(this::look);
  }

  private static Stream<Object> heldIn(Object holder) {
    return FilterFields.of(holder).values().stream()
        .flatMap(value -> HeldObjects.elements(value).stream())
        .map(SpringProxies::behindIfThere);
  }

  private void look(Object held) {
    if (held instanceof AuthenticationProvider provider) {
      lookAtProvider(provider);
    } else if (held instanceof AuthenticationManager) {
      lookAtManager(held, "an AuthenticationManager in code");
    } else if (held instanceof AuthenticationManagerResolver) {
      lookAtManager(held, "an AuthenticationManagerResolver in code");
    } else if (held instanceof RequestMatcherEntry<?> entry) {
      look(SpringProxies.behindIfThere(entry.getEntry()));
    }
  }

  /** Or at what chooses one. */
  private void lookAtManager(Object held, String inCode) {
    if (seen.add(held)) {
      if (HeldParts.isOfApplication(held) && managesTokens(held)) {
        found.add(name(held, inCode));
      }
      lookInto(held);
    }
  }

  private void lookAtProvider(AuthenticationProvider provider) {
    boolean forPasswords = CREDENTIALS.stream().anyMatch(provider::supports);
    if (!forPasswords && provider.supports(BearerTokenAuthenticationToken.class)) {
      return;
    }
    if (HeldParts.isOfApplication(provider)) {
      if (holdsVerifier(provider)) {
        found.add(name(provider, "an AuthenticationProvider in code"));
      }
    } else if (forPasswords) {
      HeldParts.in(
              provider,
              MOST_STEPS,
              part -> HeldParts.isOfApplication(part) && holdsVerifier(part),
              PasswordTokens::isOfSpringSecurity)
          .forEach(
              part ->
                  found.add(
                      provider.getClass().getName() + " with " + name(part, "something in code")));
    }
  }

  /** Its own lambdas too, such as the supplier in which a provider keeps a password's encoder. */
  private static boolean isOfSpringSecurity(Object part) {
    return part instanceof SingletonSupplier
        || part.getClass().getName().startsWith("org.springframework.security.");
  }

  private static boolean holdsVerifier(Object holder) {
    return !HeldParts.in(holder, MOST_STEPS, PasswordTokens::isVerifier, PasswordTokens::leadsOn)
        .isEmpty();
  }

  private static boolean isVerifier(Object part) {
    return part instanceof JwtDecoder
        || part instanceof OpaqueTokenIntrospector
        || part instanceof JwtAuthenticationProvider
        || part instanceof OpaqueTokenAuthenticationProvider
        || TokenManagers.isOfIssuers(part);
  }

  private static boolean leadsOn(Object part) {
    return part instanceof AuthenticationManager
        || part instanceof SingletonSupplier
        || HeldParts.isOfApplication(part);
  }

  /** Those of the application's in its own fields are looked at by themselves. */
  private static boolean managesTokens(Object manager) {
    Set<Object> byThemselves = HeldObjects.newIdentitySet();
    heldIn(manager)
        .filter(part -> isLookedAt(part) && HeldParts.isOfApplication(part))
        .forEach(byThemselves::add);
    return !HeldParts.in(
            manager,
            MOST_STEPS,
            PasswordTokens::isVerifier,
            part -> leadsOn(part) && !byThemselves.contains(part))
        .isEmpty();
  }

  private static boolean isLookedAt(Object part) {
    return part instanceof AuthenticationManager
        || part instanceof AuthenticationProvider
        || part instanceof AuthenticationManagerResolver;
  }

  private static String name(Object part, String inCode) {
    return part.getClass().isHidden() ? inCode : part.getClass().getName();
  }
}
