package dev.holdfast.spring.boot.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.holdfast.configuration.reading.SettingsReader;
import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.configuration.settings.RuleSettings;
import dev.holdfast.policy.PathPattern;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.springframework.mock.env.MockEnvironment;

class DispatchedPathsTest {

  private static HoldfastSettings settings(String path) {
    return SettingsReader.read(
        Map.of("holdfast.rules[0].paths", path, "holdfast.rules[0].policy", "required"));
  }

  @Test
  void everythingElseOfARuleStaysAsItIsWritten() {
    HoldfastSettings written =
        SettingsReader.read(
            Map.of(
                "holdfast.rules[0].paths", "/payments",
                "holdfast.rules[0].http-methods", "POST",
                "holdfast.rules[0].issuers", "https://as.example",
                "holdfast.rules[0].policy", "when-bound",
                "holdfast.rules[0].methods", "dpop",
                "holdfast.rules[0].scopes", "payments:write",
                "holdfast.rules[0].max-authentication-age", "5m",
                "holdfast.rules[0].acr-values", "phr"));
    RuleSettings rule =
        DispatchedPaths.of(environment(null, "/srv")).applyTo(written).rules().get(0);
    assertThat(rule.paths()).extracting(PathPattern::toString).containsExactly("/srv/payments");
    assertThat(rule)
        .usingRecursiveComparison()
        .ignoringFields("paths")
        .isEqualTo(written.rules().get(0));
    assertThat(rule.scopes()).containsExactly("payments:write");
  }

  private static MockEnvironment environment(String contextPath, String servletPath) {
    MockEnvironment environment = new MockEnvironment();
    if (contextPath != null) {
      environment.setProperty("server.servlet.context-path", contextPath);
    }
    if (servletPath != null) {
      environment.setProperty("spring.mvc.servlet.path", servletPath);
    }
    return environment;
  }

  @ParameterizedTest
  @CsvSource({
    ",,/payments/**,/payments/**",
    "/shop,,/payments/**,/payments/**",
    ",/,/payments/**,/payments/**",
    ",/srv,/payments/**,/srv/payments/**",
    ",/srv/,/**,/**",
    ",/srv/,/*/**,/srv/*/**",
    ",/srv/*,/,/srv/",
    ",srv,/*/x,/srv/*/x",
    "/shop,/srv,/payments/**,/srv/payments/**"
  })
  void pathsAreBelowBothPrefixes_C89(
      String contextPath, String servletPath, String written, String compared) {
    RuleSettings rule =
        DispatchedPaths.of(environment(contextPath, servletPath))
            .applyTo(settings(written))
            .rules()
            .get(0);
    assertThat(rule.paths()).extracting(PathPattern::toString).containsExactly(compared);
  }

  @ParameterizedTest
  @CsvSource({
    "/shop,,/shop/payments/**,Write /payments/**.",
    "/shop,,/Shop,Write /.",
    ",/srv,/srv/payments,Write /payments.",
    "/shop,/srv,/shop/srv/payments,Write /srv/payments."
  })
  void aRuleThatCanMatchNothingIsNamedAtStart_C89(
      String contextPath, String servletPath, String written, String text) {
    List<String> lines =
        logged(
            () ->
                DispatchedPaths.of(environment(contextPath, servletPath))
                    .applyTo(settings(written)));
    assertThat(lines)
        .singleElement()
        .asString()
        .contains("holdfast.rules[0].paths: \"" + written + "\"", text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "9090 | 8080 |      | /manage/actuator/** | Write /actuator/**.",
        "0    | 0    |      | /Manage             | Write /.",
        "9090 | 8080 | /srv | /manage/actuator/** | No narrower rule than /** holds on that port"
      })
  void aRuleWithTheBasePathOfAManagementPortIsNamedAtStart(
      String port, String applicationPort, String servletPath, String written, String text) {
    assertThat(loggedWithManagement(port, applicationPort, servletPath, written))
        .singleElement()
        .asString()
        .contains(
            "holdfast.rules[0].paths: \"" + written + "\"", "management.server.base-path", text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "9090 | 8080 | /manager/**",
        "9090 | 8080 | /actuator/**",
        "8080 | 8080 | /manage/actuator/**",
        "-1   | 8080 | /manage/actuator/**",
        "     | 8080 | /manage/actuator/**"
      })
  void anyOtherPathOrPortIsNot(String port, String applicationPort, String written) {
    assertThat(loggedWithManagement(port, applicationPort, null, written)).isEmpty();
  }

  private static List<String> loggedWithManagement(
      String port, String applicationPort, String servletPath, String written) {
    MockEnvironment environment = environment(null, servletPath);
    environment.setProperty("management.server.base-path", "/manage/");
    environment.setProperty("server.port", applicationPort);
    if (port != null) {
      environment.setProperty("management.server.port", port);
    }
    return logged(() -> DispatchedPaths.of(environment).applyTo(settings(written)));
  }

  @Test
  void othersAreNot_C89() {
    assertThat(
            logged(
                () -> {
                  DispatchedPaths.of(environment("/shop", "/srv"))
                      .applyTo(settings("/shopping/**"));
                  DispatchedPaths.of(environment("/", "/")).applyTo(settings("/**"));
                }))
        .isEmpty();
  }

  private static List<String> logged(Runnable action) {
    Logger logger = (Logger) LoggerFactory.getLogger("dev.holdfast");
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.addAppender(lines);
    try {
      action.run();
    } finally {
      logger.detachAppender(lines);
    }
    return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }
}
