package dev.holdfast.spring;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.holdfast.testing.Identity;
import dev.holdfast.testing.TestIssuer;
import dev.holdfast.testing.ThrowAwayPki;
import java.nio.file.Files;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.security.core.Authentication;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** An application's slice tests meet the same enforcement as its clients do. */
@WebMvcTest
@Tag("verify")
class SliceTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();
  private static final TestIssuer ISSUER = TestIssuer.start(PKI);
  private static final Identity RIGHTFUL = PKI.clientCertificate("CN=payments-app");
  private static final Identity THIEF = PKI.clientCertificate("CN=thief");

  @Autowired private MockMvc mvc;

  @DynamicPropertySource
  static void issuer(DynamicPropertyRegistry properties) throws Exception {
    String trusted =
        PKI.writeTrustedCertificates(
                Files.createTempDirectory("holdfast-slice").resolve("trusted.pem"))
            .toString();
    properties.add("holdfast.tokens.issuers[0].issuer", ISSUER::issuer);
    properties.add("holdfast.tokens.issuers[0].audiences", () -> "https://api.example");
    properties.add("holdfast.tokens.issuers[0].trusted-certificates", () -> trusted);
  }

  @AfterAll
  static void stop() {
    ISSUER.close();
  }

  @Test
  void aBoundTokenWithItsCertificateIsTaken() throws Exception {
    mvc.perform(get("/me").secure(true).with(token()).with(certificate(RIGHTFUL)))
        .andExpect(status().isOk())
        .andExpect(content().string("alice"));
  }

  @Test
  void aBoundTokenWithoutACertificateIsRefused() throws Exception {
    mvc.perform(get("/me").secure(true).with(token()))
        .andExpect(status().isUnauthorized())
        .andExpect(header().exists("WWW-Authenticate"))
        .andExpect(content().string(""));
  }

  @Test
  void aBoundTokenWithAnotherCertificateIsRefused() throws Exception {
    mvc.perform(get("/me").secure(true).with(token()).with(certificate(THIEF)))
        .andExpect(status().isUnauthorized());
  }

  private static RequestPostProcessor token() {
    return request -> {
      request.addHeader(
          "Authorization", "Bearer " + ISSUER.jwt(ISSUER.claims(RIGHTFUL.thumbprint())));
      return request;
    };
  }

  private static RequestPostProcessor certificate(Identity identity) {
    return request -> {
      request.setAttribute(
          "jakarta.servlet.request.X509Certificate",
          identity.chain().toArray(new X509Certificate[0]));
      return request;
    };
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  @Import(Controller.class)
  static class Application {}

  @RestController
  static class Controller {
    @GetMapping("/me")
    String me(Authentication authentication) {
      return authentication.getName();
    }
  }
}
