package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.configuration.GivenSettings;
import dev.holdfast.servlet.cookie.BoundCookieFilter;
import dev.holdfast.servlet.evidence.EvidenceSource;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.apache.catalina.Container;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.RemoteIpValve;
import org.apache.catalina.valves.SSLValve;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The start beside Tomcat's valve that turns a header into the connection's certificate. */
@Tag("verify")
class HeaderValvesTest {
  @TempDir private Path directory;
  private Tomcat tomcat;
  private Context context;

  @BeforeEach
  void embed() {
    tomcat = new Tomcat();
    tomcat.setBaseDir(directory.toString());
    tomcat.setPort(0);
    context = tomcat.addContext("", directory.toString());
  }

  @AfterEach
  void stop() throws LifecycleException {
    tomcat.stop();
    tomcat.destroy();
  }

  private static HoldfastFilter filter(String... more) {
    return HoldfastFilter.builder().settings(GivenSettings.settings(more)).build();
  }

  private boolean starts(Filter filter) throws LifecycleException {
    context.addServletContainerInitializer(
        (classes, application) ->
            application
                .addFilter("tested", filter)
                .addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*"),
        Set.of());
    tomcat.start();
    return context.getState().isAvailable();
  }

  @ParameterizedTest
  @ValueSource(strings = {"context", "host", "engine"})
  void anSslValveAnywhereAboveTheContextStopsTheStart_T02(String where) throws Exception {
    Map<String, Container> containers =
        Map.of("context", context, "host", tomcat.getHost(), "engine", tomcat.getEngine());
    containers.get(where).getPipeline().addValve(new SSLValve());

    assertThat(starts(filter())).isFalse();
  }

  @Test
  void anSslValveStopsTheStartOfAFilterThatAdmitsOnly_T02() throws Exception {
    context.getPipeline().addValve(new SSLValve());

    assertThat(starts(new ProxyFilter(EvidenceSource.ofContainer()))).isFalse();
  }

  /** The cookie would be bound to what anybody can write. */
  @Test
  void anSslValveStopsTheStartOfAFilterForCookies_T02() throws Exception {
    context.getPipeline().addValve(new SSLValve());

    assertThat(
            starts(
                BoundCookieFilter.builder()
                    .names("APP")
                    .secrets("0123456789abcdef".repeat(4))
                    .build()))
        .isFalse();
  }

  @Test
  void aFilterForCookiesStartsWithoutOne() throws Exception {
    assertThat(
            starts(
                BoundCookieFilter.builder()
                    .names("APP")
                    .secrets("0123456789abcdef".repeat(4))
                    .build()))
        .isTrue();
  }

  @Test
  void otherValvesDoNot() throws Exception {
    context.getPipeline().addValve(new RemoteIpValve());

    assertThat(starts(filter())).isTrue();
  }

  @Test
  void whereCertificatesComeFromAHeaderTheValveIsNotLookedAt() throws Exception {
    context.getPipeline().addValve(new SSLValve());

    assertThat(
            starts(
                filter(
                    "holdfast.certificate.source", "header",
                    "holdfast.certificate.header.format", "rfc9440",
                    "holdfast.proxies.trusted", "127.0.0.1")))
        .isTrue();
  }

  /** A proxy's certificate is no secret: who can write it into a header would be the proxy. */
  @ParameterizedTest
  @ValueSource(strings = {"certificate", "token-binding"})
  void whereAProxyShowsItsOwnCertificateAnSslValveStopsTheStart_T01(String believed)
      throws Exception {
    context.getPipeline().addValve(new SSLValve());
    boolean certificate = believed.equals("certificate");

    assertThat(
            starts(
                filter(
                    "holdfast.certificate.source",
                    certificate ? "header" : "none",
                    certificate
                        ? "holdfast.certificate.header.format"
                        : "holdfast.token-binding.source",
                    certificate ? "rfc9440" : "header",
                    "holdfast.proxies.trusted",
                    "127.0.0.1",
                    "holdfast.proxies.certificates",
                    "ab".repeat(32))))
        .isFalse();
  }
}
