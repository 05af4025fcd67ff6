package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cookie.CookieBinder.Requirement;
import dev.holdfast.servlet.SharedScene.Everywhere;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A request that one application forwards to another, with one session cookie for both. Jetty makes
 * a request of its own of what the first application's filter lets through.
 */
class ForwardAcrossTest {
  private static final String ACROSS = SharedScene.SHOP + "/across?context=/help&to=";

  static Stream<Named<SharedScene.Starter>> containers() {
    return Stream.of(
        Named.of("Tomcat", SharedServers::tomcat), Named.of("Undertow", SharedServers::undertow));
  }

  private static SharedScene scene(SharedScene.Starter starter) {
    return new SharedScene(
        starter, Everywhere.BY_CONTAINER, Requirement.REQUIRED, SharedScene.SHOP, SharedScene.HELP);
  }

  /** The first application's filter hides the companions from everybody behind it. */
  @ParameterizedTest
  @MethodSource("containers")
  void theOwnersSessionIsHisInTheOtherApplicationToo(SharedScene.Starter starter) {
    try (SharedScene scene = scene(starter)) {
      Browser owner = scene.owner();
      owner.get(SharedScene.HELP + "/enter?user=alice-too");
      assertThat(owner.page(ACROSS + "/me")).isEqualTo("alice-too");
      assertThat(owner.page(SharedScene.SHOP + "/me")).isEqualTo("alice");

      Browser thief = scene.browser(CookieScene.THIEF).withStolen(owner);
      assertThat(thief.page(ACROSS + "/me")).isEqualTo("nobody");
      assertThat(owner.page(ACROSS + "/me")).isEqualTo("alice-too");
    }
  }

  @Test
  void inJettyItIsRefused() {
    try (SharedScene scene = scene(SharedServers::jetty)) {
      Browser owner = scene.owner();
      owner.get(SharedScene.HELP + "/enter?user=alice-too");
      assertThat(owner.page(ACROSS + "/me")).isEqualTo("status 403");
    }
  }

  @ParameterizedTest
  @MethodSource("containers")
  void theApplicationsOwnCookieToo(SharedScene.Starter starter) {
    try (SharedScene scene = scene(starter)) {
      Browser owner = scene.browser(CookieScene.OWNER);
      owner.get(SharedScene.HELP + "/set?how=cookie&value=v1");
      assertThat(owner.page(ACROSS + "/seen")).isEqualTo("APP APP");
      Browser thief = scene.browser(CookieScene.THIEF).withStolen(owner);
      assertThat(thief.page(ACROSS + "/seen")).isEqualTo("none none");
    }
  }
}
