package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.holdfast.configuration.GivenSettings;
import dev.holdfast.servlet.registration.QuarkusExtensions;
import jakarta.servlet.DispatcherType;
import java.net.URL;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What answers before the filters in Quarkus. The names of its classes are tried in quarkus-api.
 */
class QuarkusExtensionsTest {
  private static final String SERVLETS = "io.quarkus.undertow.runtime.UndertowDeploymentRecorder";
  private static final String REST =
      "io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder";

  private final ClassLoader usual = Thread.currentThread().getContextClassLoader();

  @AfterEach
  void restore() {
    Thread.currentThread().setContextClassLoader(usual);
  }

  /** As if these classes were on the class path. */
  private static void withClasses(String... names) {
    Set<String> files =
        Set.copyOf(List.of(names).stream().map(name -> name.replace('.', '/') + ".class").toList());
    ClassLoader parent = QuarkusExtensionsTest.class.getClassLoader();
    URL found = QuarkusExtensionsTest.class.getResource("HoldfastFilter.class");
    Thread.currentThread()
        .setContextClassLoader(
            new ClassLoader(parent) {
              @Override
              public @Nullable URL getResource(String name) {
                return files.contains(name) ? found : super.getResource(name);
              }
            });
  }

  @ParameterizedTest
  @CsvSource({
    "quarkus-rest, io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder",
    "quarkus-reactive-routes, io.quarkus.vertx.web.runtime.VertxWebRecorder",
    "quarkus-smallrye-graphql, io.quarkus.smallrye.graphql.runtime.SmallRyeGraphQLRecorder",
    "quarkus-websockets, io.quarkus.websockets.runtime.WebsocketServerRecorder",
    "quarkus-funqy-http, io.quarkus.funqy.runtime.bindings.http.FunqyHttpBindingRecorder"
  })
  void oneWithEndpointsOnVertxStopsTheStart(String name, String className) {
    withClasses(SERVLETS, className);

    assertThatIllegalStateException()
        .isThrownBy(() -> QuarkusExtensions.check(null, "holdfast"))
        .withMessageContaining("would not pass the filter holdfast: " + name + " is on")
        .withMessageContaining("Remove that dependency");
  }

  private static List<String> lines() {
    try (HoldfastLines log = new HoldfastLines()) {
      QuarkusExtensions.check(null, "holdfast");
      return log.with("this is Quarkus");
    }
  }

  @Test
  void whatCannotBeSeenIsSaidAtTheStart() {
    withClasses(SERVLETS);

    assertThat(lines())
        .singleElement()
        .asString()
        .contains("the filter holdfast", "Router", "/q", "management port")
        .doesNotContain("Endpoints of");
  }

  @ParameterizedTest
  @CsvSource({
    "quarkus-websockets-next, io.quarkus.websockets.next.runtime.WebSocketServerRecorder",
    "quarkus-grpc, io.quarkus.grpc.runtime.GrpcServerRecorder"
  })
  void oneThatMayBeAClientAloneIsNamed(String name, String className) {
    withClasses(SERVLETS, className);

    assertThat(lines()).singleElement().asString().contains("Endpoints of " + name + " are");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", REST})
  void elsewhereNothingIsSaid(String className) {
    withClasses(className);

    assertThat(lines()).isEmpty();
  }

  @Test
  @Tag("verify")
  void theFilterLooks() throws Exception {
    for (String className : List.of(SERVLETS, REST)) {
      withClasses(SERVLETS, className);
      HoldfastFilter filter = HoldfastFilter.builder().settings(GivenSettings.settings()).build();
      Throwable refusal =
          DispatcherServers.JETTY.refusal(
              filter,
              registration ->
                  registration.addMappingForUrlPatterns(
                      EnumSet.allOf(DispatcherType.class), false, "/*"));
      if (className.equals(REST)) {
        assertThat(refusal).hasMessageContaining("quarkus-rest is on the class path");
      } else {
        assertThat(refusal).isNull();
      }
    }
  }
}
