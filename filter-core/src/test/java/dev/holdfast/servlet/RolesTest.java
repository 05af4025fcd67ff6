package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.AccessToken;
import dev.holdfast.AuthorizationField;
import dev.holdfast.ClaimRules;
import dev.holdfast.ConfirmationMethod;
import dev.holdfast.Decision;
import dev.holdfast.Presentation;
import dev.holdfast.PresentedToken;
import dev.holdfast.PresentedToken.Scheme;
import dev.holdfast.Requirement;
import dev.holdfast.Requirement.Mode;
import dev.holdfast.Verification;
import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.RolesFrom;
import dev.holdfast.configuration.reading.SettingsReader;
import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.servlet.evidence.ServletEvidence;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code @RolesAllowed} finds: {@code isUserInRole} and {@code getAuthType}. */
class RolesTest {
  private static final AccessToken TOKEN =
      ((Verification.Valid)
              new ClaimRules("https://i", Set.of(), Set.of(), Duration.ZERO, Clock.systemUTC())
                  .check(
                      Map.of(
                          "sub", "alice",
                          "scope", "read write",
                          "groups", List.of("staff", "auditors"),
                          "rank", "captain")))
          .token();

  private static HttpServletRequest confirmed(RolesFrom roles, String authorization) {
    HttpServletRequest wire =
        (HttpServletRequest)
            Proxy.newProxyInstance(
                RolesTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "getHeaders" -> Collections.enumeration(List.of(authorization));
                      case "isUserInRole" -> true; // the container's own realm has no say
                      default -> null;
                    });
    Presentation presented = AuthorizationField.in(ServletEvidence.of(wire));
    Scheme scheme = ((PresentedToken) presented).scheme();
    Requirement open = new Requirement(Mode.OFF, Set.of(ConfirmationMethod.CERTIFICATE));
    return ConfirmedRequest.of(wire, new Decision.Allowed(TOKEN, scheme, open, null), roles);
  }

  private static boolean has(String rolesFrom, String role) {
    return confirmed(new RolesFrom(rolesFrom), "Bearer x").isUserInRole(role);
  }

  @ParameterizedTest
  @CsvSource({
    "none, read, false",
    "none, **, false",
    "scope, read, true",
    "scope, write, true",
    "scope, READ, false",
    "scope, staff, false",
    "scope, read write, false",
    "scope, *, false",
    "scope, **, true",
    "groups, staff, true",
    "groups, auditors, true",
    "groups, read, false",
    "rank, captain, true",
    "rank, cap, false",
    "absent, read, false"
  })
  void rolesAreWhatTheSettingSays_C73(String rolesFrom, String role, boolean granted) {
    assertThat(has(rolesFrom, role)).isEqualTo(granted);
  }

  @ParameterizedTest
  @CsvSource({"Bearer x, Bearer", "DPoP x, DPoP", "dpop x, DPoP", "bEaReR x, Bearer"})
  void theSchemeIsAsItWas_C73(String authorization, String scheme) {
    assertThat(confirmed(RolesFrom.NONE, authorization).getAuthType()).isEqualTo(scheme);
  }

  @Test
  void everyWayToSetIt_C73() {
    HoldfastSettings read =
        SettingsReader.readInitParameters(
            Map.of("roles-from", "groups", "tokens.issuers[0].issuer", "https://localhost:1"));
    assertThat(read.rolesFrom()).isEqualTo(new RolesFrom("groups"));
    assertThat(HoldfastSettings.defaults().rolesFrom()).isEqualTo(RolesFrom.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", " scope", "scope "})
  void aNameThatIsNoneStopsTheStart_C73(String name) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> HoldfastFilter.builder().rolesFrom(name))
        .withMessageContaining("holdfast.roles-from");
  }
}
