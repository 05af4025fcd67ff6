package dev.holdfast.configuration;

import dev.holdfast.BindingPolicy;
import dev.holdfast.ConfirmationMethod;
import dev.holdfast.configuration.IntrospectionSettings.ClientAuthentication;
import dev.holdfast.http.Forwarding;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The words that stand for an enum's values in a property; null for any other word. */
final class EnumTexts {
  static final List<String> MODES =
      Arrays.stream(BindingPolicy.Mode.values()).map(BindingPolicy.Mode::propertyName).toList();

  static final List<String> METHODS =
      ConfirmationMethod.ofHoldfast().stream().map(ConfirmationMethod::propertyName).toList();

  static final List<String> KEY_PARAMETERS =
      Arrays.stream(TokenBindingSettings.KeyParameters.values())
          .map(TokenBindingSettings.KeyParameters::propertyName)
          .toList();

  private EnumTexts() {}

  static String expected(List<String> words) {
    return "one of " + String.join(", ", words);
  }

  static BindingPolicy.@Nullable Mode mode(String word) {
    for (BindingPolicy.Mode mode : BindingPolicy.Mode.values()) {
      if (mode.propertyName().equals(word)) {
        return mode;
      }
    }
    return null;
  }

  static @Nullable ConfirmationMethod method(String word) {
    return ConfirmationMethod.ofPropertyName(word).orElse(null);
  }

  static CertificateSettings.@Nullable Source certificateSource(String word) {
    return switch (word) {
      case "tls" -> CertificateSettings.Source.TLS;
      case "header" -> CertificateSettings.Source.HEADER;
      case "none" -> CertificateSettings.Source.NONE;
      default -> null;
    };
  }

  static TokenBindingSettings.@Nullable Source tokenBindingSource(String word) {
    return switch (word) {
      case "none" -> TokenBindingSettings.Source.NONE;
      case "tls" -> TokenBindingSettings.Source.TLS;
      case "header" -> TokenBindingSettings.Source.HEADER;
      default -> null;
    };
  }

  static TokenBindingSettings.@Nullable KeyParameters keyParameters(String word) {
    for (TokenBindingSettings.KeyParameters known : TokenBindingSettings.KeyParameters.values()) {
      if (known.propertyName().equals(word)) {
        return known;
      }
    }
    return null;
  }

  static TokenBindingSettings.@Nullable UnknownTypes unknownTypes(String word) {
    return switch (word) {
      case "skip" -> TokenBindingSettings.UnknownTypes.SKIP;
      case "verify" -> TokenBindingSettings.UnknownTypes.VERIFY;
      default -> null;
    };
  }

  static TokenBindingSettings.@Nullable Negotiation negotiation(String word) {
    return switch (word) {
      case "handshake" -> TokenBindingSettings.Negotiation.HANDSHAKE;
      case "configured" -> TokenBindingSettings.Negotiation.CONFIGURED;
      default -> null;
    };
  }

  static TokenBindingSettings.@Nullable HeaderValue headerValue(String word) {
    return switch (word) {
      case "id" -> TokenBindingSettings.HeaderValue.ID;
      case "sha256" -> TokenBindingSettings.HeaderValue.SHA256;
      default -> null;
    };
  }

  static DpopSettings.@Nullable NonceUse nonceUse(String word) {
    return switch (word) {
      case "never" -> DpopSettings.NonceUse.NEVER;
      case "always" -> DpopSettings.NonceUse.ALWAYS;
      default -> null;
    };
  }

  static DpopSettings.@Nullable Store replayStore(String word) {
    return switch (word) {
      case "local" -> DpopSettings.Store.LOCAL;
      case "redis" -> DpopSettings.Store.REDIS;
      default -> null;
    };
  }

  static @Nullable Forwarding forwarding(String word) {
    return switch (word) {
      case "none" -> Forwarding.NONE;
      case "forwarded" -> Forwarding.FORWARDED;
      case "x-forwarded" -> Forwarding.X_FORWARDED;
      default -> null;
    };
  }

  static @Nullable Boolean truth(String word) {
    return switch (word) {
      case "true" -> Boolean.TRUE;
      case "false" -> Boolean.FALSE;
      default -> null;
    };
  }

  static @Nullable ClientAuthentication clientAuthentication(String word) {
    return switch (word) {
      case "basic" -> ClientAuthentication.BASIC;
      case "post" -> ClientAuthentication.POST;
      default -> null;
    };
  }
}
