package dev.holdfast.configuration;

import dev.holdfast.http.Forwarding;
import dev.holdfast.http.SecretHeader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads where certificates and Token Bindings come from, and whose headers are believed. */
final class SourcesReader {
  private static final String HEADER = "certificate.header.";
  private static final String SECRET = "proxies.secret-header.";

  private final FlatProperties properties;

  SourcesReader(FlatProperties properties) {
    this.properties = properties;
  }

  CertificateSettings certificate(CertificateSettings defaults) {
    return new CertificateSettings(
        properties.read(
            "certificate.source",
            defaults.source(),
            "tls, header or none",
            EnumTexts::certificateSource),
        header(),
        truth("certificate.accept-self-signed"));
  }

  private @Nullable CertificateHeaderSettings header() {
    return properties.hasAny(HEADER)
        ? new CertificateHeaderSettings(
            properties.requiredText(HEADER + "format"),
            properties.text(HEADER + "name"),
            properties.text(HEADER + "verify-name"),
            properties.text(HEADER + "verify-value"),
            Math.toIntExact(properties.number(HEADER + "hops", 1)))
        : null;
  }

  TokenBindingSettings tokenBinding(TokenBindingSettings defaults) {
    return new TokenBindingSettings(
        properties.read(
            "token-binding.source",
            defaults.source(),
            "none, tls or header",
            EnumTexts::tokenBindingSource),
        List.copyOf(
            properties.read(
                "token-binding.key-parameters",
                EnumTexts.expected(EnumTexts.KEY_PARAMETERS),
                EnumTexts::keyParameters)),
        properties.read(
            "token-binding.unknown-types",
            defaults.unknownTypes(),
            "skip or verify",
            EnumTexts::unknownTypes),
        properties.read(
            "token-binding.negotiation",
            defaults.negotiation(),
            "handshake or configured",
            EnumTexts::negotiation),
        properties.read(
            "token-binding.header.value",
            defaults.headerValue(),
            "id or sha256",
            EnumTexts::headerValue));
  }

  ProxySettings proxies() {
    return new ProxySettings(
        new ArrayList<>(properties.texts("proxies.trusted")),
        truth("proxies.trust-everyone"),
        properties.texts("proxies.certificates"),
        properties.hasAny(SECRET)
            ? new SecretHeader(
                properties.requiredText(SECRET + "name"), properties.requiredText(SECRET + "value"))
            : null,
        properties.read(
            "proxies.forwarding",
            Forwarding.NONE,
            "none, forwarded or x-forwarded",
            EnumTexts::forwarding),
        properties.text("proxies.external-uri"),
        properties.text("proxies.original-uri-header"));
  }

  private boolean truth(String name) {
    return properties.read(name, false, "true or false", EnumTexts::truth);
  }
}
