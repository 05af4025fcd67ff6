package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.IssuerClient;
import dev.holdfast.configuration.GivenSettings;
import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.testing.ThrowAwayPki;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The filter's calls to issuers go by the client that its builder got. */
class BuilderClientTest {
  private static final IssuerClient CLIENT =
      request -> {
        throw new IOException("not asked here");
      };

  /** Beside a client, whom to trust has no effect; and it may be given before the settings. */
  @Test
  void theClientCountsWithTheSettings(@TempDir Path folder) {
    Path trusted = folder.resolve("trusted.pem");
    ThrowAwayPki.create().writeTrustedCertificates(trusted);
    HoldfastSettings settings =
        GivenSettings.settings("tokens.issuers[0].trusted-certificates", trusted.toString());
    HoldfastFilter.builder().settings(settings).build().destroy();
    HoldfastFilterBuilder builder =
        HoldfastFilter.builder().issuerClient(CLIENT).settings(settings);
    assertThatThrownBy(builder::build)
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("tokens.issuers[0].trusted-certificates");
    HoldfastFilter.builder()
        .settings(GivenSettings.settings())
        .issuerClient(CLIENT)
        .build()
        .destroy();
  }
}
