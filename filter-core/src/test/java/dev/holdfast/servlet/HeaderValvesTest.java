package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.configuration.GivenSettings;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The start beside Tomcat's valve that turns a header into the connection's certificate. */
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
}
