package dev.holdfast.configuration;

import dev.holdfast.BindingPolicy;
import dev.holdfast.ConfirmationMethod;
import dev.holdfast.configuration.IntrospectionSettings.ClientAuthentication;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The words that stand for an enum's values in a property; null for any other word. */
final class EnumTexts {
  static final List<String> MODES =
      Arrays.stream(BindingPolicy.Mode.values()).map(BindingPolicy.Mode::propertyName).toList();

  static final List<String> METHODS =
      Arrays.stream(ConfirmationMethod.values()).map(ConfirmationMethod::propertyName).toList();

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
      case "none" -> CertificateSettings.Source.NONE;
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
