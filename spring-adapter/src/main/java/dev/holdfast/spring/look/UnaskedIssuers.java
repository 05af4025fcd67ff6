package dev.holdfast.spring.look;

import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.configuration.issuers.IssuerSettings;
import dev.holdfast.spring.issuers.HoldfastJwtDecoder;
import dev.holdfast.spring.issuers.HoldfastOpaqueTokenIntrospector;
import dev.holdfast.spring.issuers.IssuersAuthenticationManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.aop.support.AopUtils;
import org.springframework.context.ApplicationContext;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;

/**
 * Issuers that are configured and have no part, because a {@code JwtDecoder} or an {@code
 * OpaqueTokenIntrospector} of the application's verifies the tokens: its word about issuer and
 * audience counts, and what the settings say about those does not.
 */
final class UnaskedIssuers {
  private static final Log LOG = LogFactory.getLog("dev.holdfast");

  private final ApplicationContext context;
  private final Assembly assembly;
  private final boolean isOwnChain;

  UnaskedIssuers(ApplicationContext context, Assembly assembly) {
    this.context = context;
    this.assembly = assembly;
    IssuersAuthenticationManager issuers =
        context.getBeanProvider(IssuersAuthenticationManager.class).getIfAvailable();
    this.isOwnChain = issuers != null && issuers.isTaken();
  }

  /** Whether Holdfast verifies this issuer's tokens, in some chain at least. */
  boolean isAsked(IssuerSettings issuer) {
    return isOwnChain
        || (issuer.introspection() == null
            ? hasBean(JwtDecoder.class, HoldfastJwtDecoder.class)
            : hasBean(OpaqueTokenIntrospector.class, HoldfastOpaqueTokenIntrospector.class));
  }

  /** An aspect of the application's may stand before it, as a proxy of one type or the other. */
  private boolean hasBean(Class<?> verifier, Class<?> own) {
    return Arrays.stream(context.getBeanNamesForType(verifier, true, false))
        .map(context::getBean)
        .anyMatch(bean -> own.isAssignableFrom(AopUtils.getTargetClass(bean)));
  }

  /** One line for each kind of verifier that takes the place of Holdfast's. */
  void log() {
    log(false, JwtDecoder.class);
    log(true, OpaqueTokenIntrospector.class);
  }

  private void log(boolean areIntrospected, Class<?> verifier) {
    List<String> unasked = new ArrayList<>();
    for (IssuerSettings issuer : assembly.settings().tokens().issuers()) {
      if ((issuer.introspection() != null) == areIntrospected && !isAsked(issuer)) {
        unasked.add(
            issuer.introspection() == null
                ? String.valueOf(issuer.issuer())
                : issuer.introspection().uri());
      }
    }
    List<String> beans = Arrays.asList(context.getBeanNamesForType(verifier, true, false));
    if (!unasked.isEmpty()) {
      LOG.warn(
          "The issuer "
              + String.join(", ", unasked)
              + " is configured and verifies no tokens here: "
              + (beans.isEmpty()
                  ? "the application's chains verify them by means of their own"
                  : "the bean " + String.join(", ", beans) + " does")
              + ". Its word about issuer, audience and time counts, and what the settings of the"
              + " issuer say about those does not. Bindings are compared all the same. Remove that"
              + " "
              + verifier.getSimpleName()
              + ", and Holdfast verifies by the settings; or remove the settings");
    }
  }
}
