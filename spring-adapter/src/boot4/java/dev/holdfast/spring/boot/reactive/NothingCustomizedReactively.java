package dev.holdfast.spring.boot.reactive;

import dev.holdfast.spring.boot.issuers.BootNames;
import dev.holdfast.spring.boot.issuers.OnIssuerCondition;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Conditional;

/**
 * Whether Holdfast's bean may stand where Boot's would on WebFlux: no bean of the application
 * customizes Boot's, or Boot has no settings to make one from.
 */
final class NothingCustomizedReactively {
  private NothingCustomizedReactively() {}

  /** Of the decoder. */
  static final class Decoder extends AnyNestedCondition {
    Decoder() {
      super(ConfigurationPhase.REGISTER_BEAN);
    }

    @ConditionalOnMissingBean(type = BootNames.REACTIVE_JWT_CUSTOMIZER)
    static final class NoCustomizer {}

    @Conditional(OnIssuerCondition.NoDecoderOfBoot.class)
    static final class NoDecoder {}
  }

  /** Of the introspector. */
  static final class Introspector extends AnyNestedCondition {
    Introspector() {
      super(ConfigurationPhase.REGISTER_BEAN);
    }

    @ConditionalOnMissingBean(type = BootNames.REACTIVE_OPAQUE_CUSTOMIZER)
    static final class NoCustomizer {}

    @Conditional(OnIssuerCondition.NoIntrospectorOfBoot.class)
    static final class NoIntrospector {}
  }
}
