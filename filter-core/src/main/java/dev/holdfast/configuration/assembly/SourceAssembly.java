package dev.holdfast.configuration.assembly;

import dev.holdfast.ProofVerifier;
import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.settings.CertificateHeaderSettings;
import dev.holdfast.configuration.settings.CertificateSettings;
import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.configuration.settings.TokenBindingSettings;
import dev.holdfast.http.ProxyTrust;
import dev.holdfast.http.TargetUri;
import dev.holdfast.http.TrustedProxies;
import dev.holdfast.mtls.ClientCertificateVerifier;
import dev.holdfast.mtls.HeaderCertificateVerifier;
import dev.holdfast.mtls.header.CertificateHeader;
import dev.holdfast.mtls.header.CertificateHeaderFormat;
import dev.holdfast.mtls.header.CertificateHeaderOptions;
import dev.holdfast.mtls.header.CertificateHeaderOptions.Unverified;
import dev.holdfast.tokenbinding.ProxyTokenBindings;
import dev.holdfast.tokenbinding.TlsTokenBindings;
import dev.holdfast.tokenbinding.TokenBindingVerifier;
import dev.holdfast.tokenbinding.TokenBindings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes what reads and verifies certificates and Token Bindings, from settings that {@link
 * SourceChecks} saw.
 */
final class SourceAssembly {
  private static final String HEADER = "holdfast.certificate.header";

  private SourceAssembly() {}

  static @Nullable CertificateHeader certificateHeader(CertificateSettings certificate) {
    CertificateHeaderSettings header = certificate.header();
    if (header == null) {
      return null;
    }
    try {
      return new CertificateHeader(
          new CertificateHeaderOptions(
              format(header.format()),
              header.name(),
              header.verifyName(),
              header.verifyValue(),
              header.hops(),
              certificate.acceptSelfSigned() ? Unverified.ACCEPT : Unverified.REFUSE));
    } catch (IllegalArgumentException refused) {
      InvalidSettingException invalid =
          new InvalidSettingException(
              HEADER, String.valueOf(refused.getMessage()), "Correct or remove that value");
      invalid.initCause(refused);
      throw invalid;
    }
  }

  private static CertificateHeaderFormat format(String name) {
    return Arrays.stream(CertificateHeaderFormat.values())
        .filter(format -> format.propertyName().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidSettingException(
                    HEADER + ".format",
                    "there is no format \"" + name + "\"",
                    "Write one of "
                        + Arrays.stream(CertificateHeaderFormat.values())
                            .map(CertificateHeaderFormat::propertyName)
                            .collect(Collectors.joining(", "))));
  }

  /** What proves the key of a connection, of each source that is set. */
  static List<ProofVerifier> verifiers(
      HoldfastSettings settings,
      @Nullable CertificateHeader certificateHeader,
      @Nullable TokenBindings tokenBindings) {
    List<ProofVerifier> available = new ArrayList<>();
    if (tokenBindings != null) {
      available.add(new TokenBindingVerifier(tokenBindings));
    }
    if (certificateHeader != null) {
      available.add(new HeaderCertificateVerifier(certificateHeader));
    } else if (settings.certificate().source() == CertificateSettings.CertificateSource.TLS) {
      available.add(new ClientCertificateVerifier());
    }
    return available;
  }

  /** What decides about a request's last hop. */
  static TrustedProxies trusted(
      ProxyTrust trust,
      HoldfastSettings settings,
      TargetUri targetUri,
      @Nullable CertificateHeader certificateHeader,
      @Nullable TokenBindings tokenBindings) {
    Set<String> believed = new LinkedHashSet<>(targetUri.headerNames());
    if (certificateHeader != null) {
      believed.addAll(certificateHeader.headerNames());
    }
    if (tokenBindings != null) {
      believed.addAll(tokenBindings.headerNames());
    }
    return new TrustedProxies(
        trust,
        believed,
        settings.certificate().source() != CertificateSettings.CertificateSource.HEADER);
  }

  static @Nullable TokenBindings tokenBindings(TokenBindingSettings settings) {
    return switch (settings.source()) {
      case NONE -> null;
      case TLS -> new TlsTokenBindings(settings.unknownTypes());
      case HEADER -> new ProxyTokenBindings(settings.headerValue());
    };
  }
}
