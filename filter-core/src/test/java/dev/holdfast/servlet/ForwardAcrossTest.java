package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cookie.CookieBinder.CookieRequirement;
import dev.holdfast.servlet.SharedServerFixture.Everywhere;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A request that one application forwards to another, with one session cookie for both. Jetty makes
 * a request of its own of what the first application's filter lets through.
 */
@Tag("verify")
class ForwardAcrossTest {
  private static final String ACROSS = SharedServerFixture.SHOP + "/across?context=/help&to=";

  static Stream<Named<SharedServerFixture.Starter>> containers() {
    return Stream.of(
        Named.of("Tomcat", SharedServers::tomcat), Named.of("Undertow", SharedServers::undertow));
  }

  private static SharedServerFixture fixture(SharedServerFixture.Starter starter) {
    return new SharedServerFixture(
        starter,
        Everywhere.BY_CONTAINER,
        CookieRequirement.REQUIRED,
        SharedServerFixture.SHOP,
        SharedServerFixture.HELP);
  }

  /** The first application's filter hides the companions from everybody behind it. */
  @ParameterizedTest
  @MethodSource("containers")
  void theOwnersSessionIsHisInTheOtherApplicationToo(SharedServerFixture.Starter starter) {
    try (SharedServerFixture fixture = fixture(starter)) {
      Browser owner = fixture.owner();
      owner.get(SharedServerFixture.HELP + "/enter?user=alice-too");
      assertThat(owner.page(ACROSS + "/me")).isEqualTo("alice-too");
      assertThat(owner.page(SharedServerFixture.SHOP + "/me")).isEqualTo("alice");

      Browser thief = fixture.browser(CookieFixture.THIEF).withStolen(owner);
      assertThat(thief.page(ACROSS + "/me")).isEqualTo("nobody");
      assertThat(owner.page(ACROSS + "/me")).isEqualTo("alice-too");
    }
  }

  @Test
  void inJettyItIsRefused() {
    try (SharedServerFixture fixture = fixture(SharedServers::jetty)) {
      Browser owner = fixture.owner();
      owner.get(SharedServerFixture.HELP + "/enter?user=alice-too");
      assertThat(owner.page(ACROSS + "/me")).isEqualTo("status 403");
    }
  }

  @ParameterizedTest
  @MethodSource("containers")
  void theApplicationsOwnCookieToo(SharedServerFixture.Starter starter) {
    try (SharedServerFixture fixture = fixture(starter)) {
      Browser owner = fixture.browser(CookieFixture.OWNER);
      owner.get(SharedServerFixture.HELP + "/set?how=cookie&value=v1");
      assertThat(owner.page(ACROSS + "/seen")).isEqualTo("APP APP");
      Browser thief = fixture.browser(CookieFixture.THIEF).withStolen(owner);
      assertThat(thief.page(ACROSS + "/seen")).isEqualTo("none none");
    }
  }
}
