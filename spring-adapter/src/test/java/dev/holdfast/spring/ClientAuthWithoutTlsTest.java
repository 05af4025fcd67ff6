package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

/** {@code server.ssl.client-auth} in an application without TLS. */
@ExtendWith(OutputCaptureExtension.class)
@Tag("verify")
class ClientAuthWithoutTlsTest {

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {}

  @Test
  void theTextNamesTheSettingAndWhatToWrite_C49(CapturedOutput output) {
    SpringApplication application = new SpringApplication(Application.class);
    Map<String, Object> properties = new HashMap<>();
    BootParts.serveBy("tomcat", properties, new ArrayList<>());
    properties.putAll(
        Map.of(
            "server.port",
            "0",
            "server.address",
            "127.0.0.1",
            "server.ssl.client-auth",
            "want",
            "holdfast.tokens.issuers[0].issuer",
            "https://issuer.example",
            "holdfast.tokens.issuers[0].audiences",
            "https://api.example"));
    application.setDefaultProperties(properties);
    assertThatThrownBy(() -> application.run().close()).isInstanceOf(RuntimeException.class);
    assertThat(output.getAll()).contains("server.ssl.client-auth");
  }
}
