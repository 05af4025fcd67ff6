package dev.holdfast.configuration;

import static dev.holdfast.configuration.GivenSettings.assembly;
import static dev.holdfast.configuration.GivenSettings.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.holdfast.mtls.header.CertificateHeaderFormat;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which headers may be believed, and that no two settings name the same one. */
class HeaderNameChecksTest {

  @ParameterizedTest
  @CsvSource({
    "Authorization,carries credentials",
    "authorization,carries credentials",
    "DPoP,carries credentials",
    "Cookie,carries credentials",
    "Proxy-Authorization,carries credentials",
    "Sec-Token-Binding,carries credentials",
    "Host,has a meaning of its own in HTTP",
    "Forwarded,has a meaning of its own in HTTP",
    "Content_Length,has a meaning of its own in HTTP",
    "Origin,has a meaning of its own in HTTP",
    "X-Forwarded-For,says what the client of a proxy asked for",
    "X-Forwarded-Host,says what the client of a proxy asked for",
    "X-Forwarded-Port,says what the client of a proxy asked for",
    "X-Forwarded-Prefix,says what the client of a proxy asked for",
    "x_forwarded_proto,says what the client of a proxy asked for"
  })
  void aHeaderWithAMeaningOfItsOwnIsNotBelieved(String name, String why) {
    String text = ": the header " + name + " " + why + ". Write the name of a header that";
    refused("holdfast.certificate.header.name" + text, "certificate.header.name", name);
    refused(
        "holdfast.certificate.header.verify-name" + text,
        "certificate.header.verify-name",
        name,
        "certificate.header.verify-value",
        "OK");
    refused("holdfast.proxies.original-uri-header" + text, "proxies.original-uri-header", name);
    refused("holdfast.proxies.secret-header.name" + text, secret(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-Client-Cert",
        "X-Forwarded-Tls-Client-Cert",
        "X-Client-Cert",
        "Client-Cert",
        "X-Host",
        "X-Authorization"
      })
  void anyOtherNameIsLawful(String name) {
    assertThatCode(() -> assembly(behindProxy("certificate.header.name", name)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Original-URI", "X-Envoy-Original-Path", "X-Forwarded-Uri"})
  void aHeaderWithTheOriginalTargetIsLawful(String name) {
    assertThatCode(() -> assembly(behindProxy("proxies.original-uri-header", name)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @EnumSource
  void theNamesOfEveryFormatAreLawful(CertificateHeaderFormat format) {
    List<String> more = new ArrayList<>(List.of("certificate.header.format"));
    more.add(format.propertyName());
    if (format.headerNames().isEmpty()) {
      more.addAll(List.of("certificate.header.name", "X-Cert"));
    }
    assertThat(assembly(behindProxy(more.toArray(String[]::new))).certificateHeader()).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "proxies.original-uri-header,X-SSL-Cert",
    "proxies.original-uri-header,x_ssl_cert",
    "proxies.original-uri-header,X-SSL-Client-Verify",
    "proxies.original-uri-header,Sec-Provided-Token-Binding-ID",
    "certificate.header.name,X-Proxy",
    "certificate.header.verify-name,x-proxy",
    "certificate.header.name,Sec-Referred-Token-Binding-ID",
    "proxies.original-uri-header,X-Proxy"
  })
  void noHeaderHasTwoMeanings(String setting, String name) {
    List<String> more = new ArrayList<>(List.of(secret("X-Proxy")));
    more.addAll(List.of("token-binding.source", "header"));
    assertThatCode(() -> assembly(behindProxy(more.toArray(String[]::new))))
        .doesNotThrowAnyException();
    more.addAll(List.of(setting, name));
    refused("of its own", more.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({
    "nginx,name,X-SSL-Client-Verify",
    "nginx,name,x_ssl_client_verify",
    "nginx,verify-name,X-SSL-Cert",
    "haproxy,name,X-SSL-Client-Verify",
    "haproxy,name,X-SSL-Client-Used",
    "rfc9440,verify-name,Client-Cert-Chain"
  })
  void whatIsSaidOfACertificateHasAHeaderOfItsOwn(String format, String setting, String name) {
    List<String> more = new ArrayList<>(List.of("certificate.header.format", format));
    more.addAll(List.of("certificate.header." + setting, name));
    more.addAll(
        setting.equals("name") ? List.of() : List.of("certificate.header.verify-value", "OK"));
    refused("need headers of their own, and both are to come in ", more.toArray(String[]::new));
  }

  private static void refused(String text, String... more) {
    assertRefused(text, behindProxy(more));
  }

  private static String[] secret(String name) {
    return new String[] {
      "proxies.secret-header.name", name, "proxies.secret-header.value", "0123456789abcdef"
    };
  }

  private static String[] behindProxy(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "certificate.source", "header",
                "certificate.header.format", "nginx",
                "proxies.trusted", "10.0.0.5/32"));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }
}
