package dev.holdfast.spring.boot.issuers;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.spring.boot.settings.WrittenSettings;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches when the settings name an issuer: Holdfast's own, or those of Boot that count. */
public class OnIssuerCondition extends SpringBootCondition {
  private static final String ENTRY = "holdfast\\.tokens\\.issuers\\[\\d+]\\.";

  /** An issuer with a name, whose JWTs can be told by it. */
  public static final class OfJwts extends OnIssuerCondition {
    @Override
    boolean matches(Set<String> own, BootIssuers boot) {
      return hasAny(own, "issuer") || boot.hasJwtIssuer();
    }
  }

  /** An issuer whose tokens are introspected. */
  public static final class OfIntrospection extends OnIssuerCondition {
    @Override
    boolean matches(Set<String> own, BootIssuers boot) {
      return hasAny(own, "introspection\\..*") || boot.hasIntrospection();
    }
  }

  /** Boot's settings make no decoder. */
  public static final class NoDecoderOfBoot extends OnIssuerCondition {
    @Override
    boolean matches(Set<String> own, BootIssuers boot) {
      return !boot.hasDecoder();
    }
  }

  /** Boot's settings make no introspector. */
  public static final class NoIntrospectorOfBoot extends OnIssuerCondition {
    @Override
    boolean matches(Set<String> own, BootIssuers boot) {
      return !boot.hasIntrospection();
    }
  }

  boolean matches(Set<String> own, BootIssuers boot) {
    return hasAny(own, ".*") || boot.hasJwtIssuer() || boot.hasIntrospection();
  }

  static boolean hasAny(Set<String> names, String member) {
    return names.stream().anyMatch(Pattern.compile(ENTRY + member).asMatchPredicate());
  }

  @Override
  public final ConditionOutcome getMatchOutcome(
      ConditionContext context, AnnotatedTypeMetadata metadata) {
    ConditionMessage.Builder message = ConditionMessage.forCondition("Holdfast issuer");
    Environment environment = context.getEnvironment();
    Set<String> own;
    try {
      own = WrittenSettings.values(environment).keySet();
    } catch (InvalidSettingException unreadable) {
      // the start stops for it, with the text of WrittenSettings
      return ConditionOutcome.noMatch(message.because("the settings cannot be read"));
    }
    return matches(own, new BootIssuers(environment))
        ? ConditionOutcome.match(message.because("the settings of the issuers fit"))
        : ConditionOutcome.noMatch(message.because("the settings of the issuers do not fit"));
  }
}
