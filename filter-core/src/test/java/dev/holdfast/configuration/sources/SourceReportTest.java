package dev.holdfast.configuration.sources;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of the places that settings came from. */
class SourceReportTest {
  private static final Map<String, String> NONE = Map.of();

  @TempDir Path folder;

  private static List<String> lines(SettingsSources sources) {
    List<String> lines = new CopyOnWriteArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            assertThat(line.getLevel()).isEqualTo(Level.INFO);
            lines.add(line.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger("dev.holdfast");
    logger.addHandler(handler);
    try {
      sources.forTokens();
    } finally {
      logger.removeHandler(handler);
    }
    return lines;
  }

  @Test
  void oneLineSaysFromWhichPlaceEachSettingCame() throws IOException {
    Path file = folder.resolve("x.properties");
    Files.writeString(
        file,
        "rules[0].paths=/a\nrules[0].policy=off\ntokens.issuers[0].issuer=https://a\nredis.uri=b");
    Map<String, String> parameters =
        Map.of("policy", "required", "proxies.trusted[0]", "::1", "settings-file", file.toString());
    Map<String, String> properties =
        Map.of("holdfast.proxies.trusted", "10.0.0.1,10.0.0.2", "holdfast.settings-file", "/none");
    Map<String, String> variables =
        Map.of(
            "HOLDFAST_REDIS_URI",
            "redis://u:hidden@host",
            "HOLDFAST_TOKENS_ISSUERS_0_INTROSPECTION_CLIENTSECRET",
            "hidden");
    assertThat(lines(SettingsSources.of(parameters, properties, variables)))
        .containsExactly(
            "settings of the filter for access tokens:"
                + " policy, proxies.trusted from the init parameters;"
                + " redis.uri, tokens.issuers[0].introspection.client-secret from the environment;"
                + " rules, tokens.issuers from the file "
                + file
                + "; settings-file of the system properties is not used, because it comes from the"
                + " init parameters"
                + "; proxies.trusted of the system properties is not used, because it comes from"
                + " the init parameters"
                + "; redis.uri of the file "
                + file
                + " is not used, because it comes from the environment");
  }

  @Test
  void nothingIsSaidOfOnePlace() {
    assertThat(lines(SettingsSources.of(Map.of("policy", "off"), NONE, NONE))).isEmpty();
    assertThat(
            lines(
                SettingsSources.of(
                    Map.of("policy", "off"), Map.of("holdfast.cookies.names", "SID"), NONE)))
        .isEmpty();
  }
}
