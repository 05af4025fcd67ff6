package dev.holdfast.spring;

import dev.holdfast.configuration.CertificateHeaderSettings;
import dev.holdfast.configuration.CertificateSettings;
import dev.holdfast.configuration.DpopSettings;
import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.ProxySettings;
import dev.holdfast.configuration.TokenBindingSettings;
import dev.holdfast.http.SecretHeader;
import org.jspecify.annotations.Nullable;

/** From what Boot has bound to where evidence comes from. */
final class SourcesMapping {
  private final HoldfastProperties properties;

  SourcesMapping(HoldfastProperties properties) {
    this.properties = properties;
  }

  CertificateSettings certificate() {
    HoldfastProperties.Certificate certificate = properties.certificate();
    return new CertificateSettings(
        certificate.source(), header(certificate.header()), certificate.acceptSelfSigned());
  }

  private static @Nullable CertificateHeaderSettings header(
      HoldfastProperties.@Nullable CertificateHeader header) {
    return header == null
        ? null
        : new CertificateHeaderSettings(
            required(
                "holdfast.certificate.header.format",
                header.format(),
                "Write the format of your proxy, such as rfc9440 or nginx"),
            SettingsMapping.text(header.name()),
            SettingsMapping.text(header.verifyName()),
            SettingsMapping.text(header.verifyValue()),
            header.hops());
  }

  TokenBindingSettings tokenBinding() {
    HoldfastProperties.TokenBinding tokenBinding = properties.tokenBinding();
    return new TokenBindingSettings(
        tokenBinding.source(),
        tokenBinding.keyParameters(),
        tokenBinding.unknownTypes(),
        tokenBinding.negotiation(),
        tokenBinding.header().value());
  }

  DpopSettings dpop() {
    HoldfastProperties.Dpop dpop = properties.dpop();
    return new DpopSettings(
        dpop.enabled(),
        dpop.algorithms(),
        dpop.proofLifetime(),
        dpop.clockSkew(),
        dpop.minRsaBits(),
        new DpopSettings.Nonce(
            dpop.nonce(),
            dpop.nonceLifetime(),
            SettingsMapping.text(dpop.nonceSecret()),
            dpop.nonceClockSkew()),
        new DpopSettings.Replay(dpop.replay().store(), dpop.replay().maxEntries()));
  }

  ProxySettings proxies() {
    HoldfastProperties.Proxies proxies = properties.proxies();
    return new ProxySettings(
        proxies.trusted(),
        proxies.trustEveryone(),
        proxies.certificates(),
        secret(proxies.secretHeader()),
        proxies.forwarding(),
        SettingsMapping.text(proxies.externalUri()),
        SettingsMapping.text(proxies.originalUriHeader()));
  }

  private static @Nullable SecretHeader secret(HoldfastProperties.@Nullable SecretHeader header) {
    String name = "holdfast.proxies.secret-header.";
    String action = "A secret header needs a name and a value";
    return header == null
        ? null
        : new SecretHeader(
            required(name + "name", header.name(), action),
            required(name + "value", header.value(), action));
  }

  private static String required(String name, @Nullable String value, String action) {
    String text = SettingsMapping.text(value);
    if (text == null) {
      throw new InvalidSettingException(name, "it is missing", action);
    }
    return text;
  }
}
