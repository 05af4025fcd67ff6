package dev.holdfast.spring.boot.issuers;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Conditional;

/**
 * Whether Holdfast's bean may stand where Boot's would: no bean of the application customizes
 * Boot's, or Boot has no settings to make one from.
 */
public final class NothingCustomized {
  private NothingCustomized() {}

  /** Of the decoder. */
  public static final class Decoder extends AnyNestedCondition {
    Decoder() {
      super(ConfigurationPhase.REGISTER_BEAN);
    }

    @ConditionalOnMissingBean(type = {BootNames.JWT_CUSTOMIZER, BootNames.JWT_CUSTOMIZER_4_0})
    static final class NoCustomizer {}

    @Conditional(OnIssuerCondition.NoDecoderOfBoot.class)
    static final class NoDecoder {}
  }

  /** Of the introspector. */
  public static final class Introspector extends AnyNestedCondition {
    Introspector() {
      super(ConfigurationPhase.REGISTER_BEAN);
    }

    @ConditionalOnMissingBean(type = BootNames.OPAQUE_CUSTOMIZER)
    static final class NoCustomizer {}

    @Conditional(OnIssuerCondition.NoIntrospectorOfBoot.class)
    static final class NoIntrospector {}
  }
}
