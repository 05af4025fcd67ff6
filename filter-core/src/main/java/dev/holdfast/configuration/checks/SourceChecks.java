package dev.holdfast.configuration.checks;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.settings.CertificateSettings;
import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.configuration.settings.TokenBindingSettings;
import dev.holdfast.configuration.settings.TokenBindingSettings.Negotiation;
import dev.holdfast.tokenbinding.ProxyValue;
import dev.holdfast.tokenbinding.message.UnknownTypes;

/** Refuses settings of a source that is not the one in use: they would protect nothing. */
public final class SourceChecks {
  private static final String HEADER = "holdfast.certificate.header.";
  private static final String TOKEN_BINDING = "holdfast.token-binding.";

  private SourceChecks() {}

  public static void check(HoldfastSettings settings) {
    check(settings.certificate());
    check(settings.tokenBinding());
  }

  private static void check(CertificateSettings certificate) {
    boolean fromHeader = certificate.source() == CertificateSettings.CertificateSource.HEADER;
    if (fromHeader && certificate.header() == null) {
      throw new InvalidSettingException(
          HEADER + "format",
          "holdfast.certificate.source=header is set, and it is missing",
          "Write the format of your proxy, such as rfc9440 or nginx");
    }
    requireUsed(HEADER + "format", fromHeader || certificate.header() == null, "certificate");
    requireUsed(
        "holdfast.certificate.accept-self-signed",
        fromHeader || !certificate.acceptSelfSigned(),
        "certificate");
  }

  private static void requireUsed(String setting, boolean used, String source) {
    if (!used) {
      throw new InvalidSettingException(
          setting,
          "it has no effect without holdfast." + source + ".source=header",
          "Set that source, or remove this setting");
    }
  }

  private static void check(TokenBindingSettings tokenBinding) {
    boolean fromTls = tokenBinding.source() == TokenBindingSettings.TokenBindingSource.TLS;
    requireTls("key-parameters", fromTls || tokenBinding.keyParameters().isEmpty());
    requireTls("unknown-types", fromTls || tokenBinding.unknownTypes() == UnknownTypes.SKIP);
    requireUsed(
        TOKEN_BINDING + "header.value",
        tokenBinding.source() == TokenBindingSettings.TokenBindingSource.HEADER
            || tokenBinding.headerValue() == ProxyValue.ID,
        "token-binding");
    boolean configured = tokenBinding.negotiation() == Negotiation.CONFIGURED;
    requireTls("negotiation", fromTls || !configured);
    if (configured && tokenBinding.keyParameters().size() != 1) {
      throw new InvalidSettingException(
          TOKEN_BINDING + "key-parameters",
          "negotiation is configured, and it has not exactly one value",
          "Name the one kind of key that every client of this port has, such as ecdsap256");
    }
  }

  private static void requireTls(String setting, boolean used) {
    if (!used) {
      throw new InvalidSettingException(
          TOKEN_BINDING + setting,
          "it has no effect without holdfast.token-binding.source=tls",
          "Set that source, or remove this setting");
    }
  }
}
