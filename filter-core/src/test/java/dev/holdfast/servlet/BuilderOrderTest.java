package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.ConfirmationMethod;
import dev.holdfast.EnforcementListener;
import dev.holdfast.Requirement.Mode;
import dev.holdfast.configuration.GivenSettings;
import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.configuration.issuers.CacheSettings;
import dev.holdfast.configuration.settings.CertificateSettings;
import dev.holdfast.configuration.settings.CookieSettings;
import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.configuration.settings.MetadataSettings;
import dev.holdfast.cookie.CookieBinder;
import dev.holdfast.servlet.cookie.BoundCookieFilter;
import dev.holdfast.servlet.cookie.BoundCookieFilterBuilder;
import dev.holdfast.servlet.evidence.EvidenceSource;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A record of settings replaces all others, and must not do so in silence. */
class BuilderOrderTest {
  private static final HoldfastSettings ALL = GivenSettings.settings();
  private static final CookieSettings COOKIES =
      new CookieSettings(
          Set.of("APP"),
          List.of(CookieFixture.NEW),
          Set.of(),
          CookieBinder.CookieRequirement.REQUIRED);

  static Stream<UnaryOperator<HoldfastFilterBuilder>> setters() {
    HoldfastSettings defaults = HoldfastSettings.defaults();
    return Stream.of(
        builder -> builder.policy(Mode.REQUIRED),
        builder -> builder.methods(ConfirmationMethod.CERTIFICATE),
        builder -> builder.rule("/pay/**", Mode.REQUIRED),
        builder -> builder.issuer("https://i.example", "https://api.example"),
        builder -> builder.cache(CacheSettings.defaults()),
        builder -> builder.clockSkew(Duration.ZERO),
        builder -> builder.certificate(CertificateSettings.CertificateSource.TLS),
        builder -> builder.tokenBinding(defaults.tokenBinding()),
        builder -> builder.dpop(defaults.dpop()),
        builder -> builder.redis(defaults.redis()),
        builder -> builder.proxies(defaults.proxies()),
        builder -> builder.allowedOrigins("https://app.example"),
        builder -> builder.rolesFrom("scope"),
        builder -> builder.metadata(MetadataSettings.of("https://api.example")),
        builder -> builder.settings(ALL));
  }

  @ParameterizedTest
  @MethodSource("setters")
  void settingsAfterAnotherSetterAreRefused(UnaryOperator<HoldfastFilterBuilder> setter) {
    HoldfastFilterBuilder builder = setter.apply(HoldfastFilter.builder());
    assertThatThrownBy(() -> builder.settings(ALL))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("settings(...) replaces every setting")
        .hasMessageContaining("Call settings(...) first");
  }

  @Test
  void otherSettersMayFollow() {
    assertThatCode(
            () ->
                HoldfastFilter.builder()
                    .clock(Clock.systemUTC())
                    .listener(EnforcementListener.silent())
                    .settings(ALL)
                    .rule("/pay/**", Mode.WHEN_BOUND)
                    .policy(Mode.REQUIRED)
                    .build()
                    .destroy())
        .doesNotThrowAnyException();
  }

  static Stream<UnaryOperator<BoundCookieFilterBuilder>> cookieSetters() {
    return Stream.of(
        builder -> builder.names("SESSION"),
        builder -> builder.secrets(CookieFixture.NEW),
        builder -> builder.requirement(CookieBinder.CookieRequirement.REQUIRED),
        builder -> builder.proofs(List.of()),
        builder -> builder.evidence(EvidenceSource.ofContainer()),
        builder -> builder.settings(COOKIES, GivenSettings.assembly()));
  }

  @ParameterizedTest
  @MethodSource("cookieSetters")
  void soAreSettingsOfCookies(UnaryOperator<BoundCookieFilterBuilder> setter) {
    BoundCookieFilterBuilder builder = setter.apply(BoundCookieFilter.builder());
    try (Assembly assembly = GivenSettings.assembly()) {
      assertThatThrownBy(() -> builder.settings(COOKIES, assembly))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("Call settings(...) first");
    }
  }

  @Test
  void settingsOfCookiesMayComeFirst() {
    try (Assembly assembly = GivenSettings.assembly()) {
      assertThatCode(
              () ->
                  BoundCookieFilter.builder()
                      .clock(Clock.systemUTC())
                      .settings(COOKIES, assembly)
                      .names("OTHER")
                      .build())
          .doesNotThrowAnyException();
    }
  }
}
