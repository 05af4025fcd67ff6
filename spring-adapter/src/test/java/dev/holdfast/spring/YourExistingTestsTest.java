package dev.holdfast.spring;

import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.jwt;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.opaqueToken;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.x509;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.holdfast.testing.ThrowAwayPki;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.introspection.OAuth2IntrospectionAuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The statements and the snippets of docs/your-existing-tests.md. */
@Tag("verify")
class YourExistingTestsTest {
  private static final String ISSUER =
      "spring.security.oauth2.resourceserver.jwt.issuer-uri=https://issuer.example";
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();
  private static final X509Certificate CERTIFICATE =
      PKI.clientCertificate("CN=payments-app").chain().get(0);
  private static final X509Certificate ANOTHER = PKI.clientCertificate("CN=thief").chain().get(0);

  @Nested
  @SpringBootTest(classes = Application.class, properties = ISSUER)
  @AutoConfigureMockMvc
  class WithTheDependencyAlone {
    @Autowired MockMvc mvc;
    @MockitoBean JwtDecoder decoder;

    @Test
    void whatSpringSecuritysTestSupportPutsIntoTheContextStaysGreen_C53() throws Exception {
      mvc.perform(get("/me").with(jwt().jwt(token -> token.subject("alice"))))
          .andExpect(status().isOk());
      mvc.perform(get("/me").with(opaqueToken())).andExpect(status().isOk());
    }

    @Test
    @WithMockUser("alice")
    void soDoesAMockUser_C53() throws Exception {
      mvc.perform(get("/me")).andExpect(status().isOk()).andExpect(content().string("alice"));
    }

    @Test
    void aRequestWithoutATokenIsStillUnauthorized_C53() throws Exception {
      mvc.perform(get("/me")).andExpect(status().isUnauthorized());
    }

    @Test
    void aMockedDecoderTurnsRed_C53() throws Exception {
      when(decoder.decode(anyString())).thenReturn(unbound());
      mvc.perform(get("/me").header("Authorization", "Bearer token"))
          .andExpect(status().isUnauthorized());
    }

    @Test
    void aBoundTokenAndItsCertificateAreGreen_C53() throws Exception {
      when(decoder.decode(anyString())).thenReturn(boundTo(CERTIFICATE));

      mvc.perform(get("/me").header("Authorization", "Bearer token").with(x509(CERTIFICATE)))
          .andExpect(status().isOk());
      mvc.perform(get("/me").header("Authorization", "Bearer token").with(x509(ANOTHER)))
          .andExpect(status().isUnauthorized());
    }
  }

  @Nested
  @SpringBootTest(classes = Application.class, properties = ISSUER)
  @AutoConfigureMockMvc
  @TestPropertySource(
      properties = {"holdfast.policy=when-bound", "holdfast.tokens.attributes-without-cnf=unbound"})
  class WithTheSettingsOfATestRun {
    @Autowired MockMvc mvc;
    @MockitoBean JwtDecoder decoder;

    @Test
    void aMockedDecoderIsGreenAgain_C53() throws Exception {
      when(decoder.decode(anyString())).thenReturn(unbound());
      mvc.perform(get("/me").header("Authorization", "Bearer token")).andExpect(status().isOk());
    }

    @Test
    void aBoundTokenStillNeedsItsCertificate_C53() throws Exception {
      when(decoder.decode(anyString())).thenReturn(boundTo(CERTIFICATE));
      mvc.perform(get("/me").header("Authorization", "Bearer token"))
          .andExpect(status().isUnauthorized());
    }
  }

  @Nested
  @SpringBootTest(classes = Application.class, properties = ISSUER)
  @AutoConfigureMockMvc
  @TestPropertySource(properties = "holdfast.policy=when-bound")
  class WithWhenBoundAlone {
    @Autowired MockMvc mvc;
    @MockitoBean JwtDecoder decoder;

    @Test
    void aMockedDecoderIsNotShownToSpeakForTheIssuer_C53_C08() throws Exception {
      when(decoder.decode(anyString())).thenReturn(unbound());
      mvc.perform(get("/me").header("Authorization", "Bearer token"))
          .andExpect(status().isUnauthorized());
    }
  }

  /** Even with the settings of a test run, so that the missing {@code cnf} is not the reason. */
  @Nested
  @SpringBootTest(classes = WithoutChain.class, properties = ISSUER)
  @AutoConfigureMockMvc
  @TestPropertySource(
      properties = {
        "holdfast.policy=when-bound",
        "holdfast.tokens.attributes-without-cnf=unbound",
        "spring.security.oauth2.resourceserver.jwt.audiences=https://api.example"
      })
  class WithoutASecurityFilterChain {
    @Autowired MockMvc mvc;
    @MockitoBean JwtDecoder decoder;

    @Test
    void aMockedDecoderIsNeverAsked_C53() throws Exception {
      when(decoder.decode(anyString())).thenReturn(unbound());
      mvc.perform(get("/me").header("Authorization", "Bearer token"))
          .andExpect(status().isUnauthorized());
      verify(decoder, never()).decode(anyString());
    }

    @Test
    void whatSpringSecuritysTestSupportPutsIntoTheContextStaysGreen_C53() throws Exception {
      mvc.perform(get("/me").with(jwt())).andExpect(status().isOk());
    }
  }

  @Nested
  @SpringBootTest(classes = OpaqueApplication.class)
  @AutoConfigureMockMvc
  class WithAMockedIntrospector {
    @Autowired MockMvc mvc;
    @MockitoBean OpaqueTokenIntrospector introspector;

    @Test
    void anAnswerWithoutCnfTurnsRed_C53() throws Exception {
      when(introspector.introspect(anyString())).thenReturn(active(Map.of()));
      mvc.perform(get("/me").header("Authorization", "Bearer token"))
          .andExpect(status().isUnauthorized());
    }

    @Test
    void aBoundTokenAndItsCertificateAreGreen_C53() throws Exception {
      when(introspector.introspect(anyString()))
          .thenReturn(active(Map.of("cnf", Map.of("x5t#S256", thumbprint(CERTIFICATE)))));
      mvc.perform(get("/me").header("Authorization", "Bearer token").with(x509(CERTIFICATE)))
          .andExpect(status().isOk());
      mvc.perform(get("/me").header("Authorization", "Bearer token").with(x509(ANOTHER)))
          .andExpect(status().isUnauthorized());
    }
  }

  @Nested
  @SpringBootTest(classes = OpaqueApplication.class)
  @AutoConfigureMockMvc
  @TestPropertySource(
      properties = {"holdfast.policy=when-bound", "holdfast.tokens.attributes-without-cnf=unbound"})
  class WithAMockedIntrospectorAndTheSettingsOfATestRun {
    @Autowired MockMvc mvc;
    @MockitoBean OpaqueTokenIntrospector introspector;

    @Test
    void anAnswerWithoutCnfIsGreenAgain_C53() throws Exception {
      when(introspector.introspect(anyString())).thenReturn(active(Map.of()));
      mvc.perform(get("/me").header("Authorization", "Bearer token")).andExpect(status().isOk());
    }
  }

  private static OAuth2AuthenticatedPrincipal active(Map<String, Object> more) {
    Map<String, Object> attributes = new HashMap<>(more);
    attributes.put("active", true);
    attributes.put("sub", "alice");
    attributes.put("exp", Instant.now().plusSeconds(300));
    return new OAuth2IntrospectionAuthenticatedPrincipal(attributes, List.of());
  }

  private static Jwt unbound() {
    return Jwt.withTokenValue("token").header("alg", "none").subject("alice").build();
  }

  private static Jwt boundTo(X509Certificate certificate) throws Exception {
    return Jwt.withTokenValue("token")
        .header("alg", "none")
        .subject("alice")
        .expiresAt(Instant.now().plusSeconds(300))
        .claim("cnf", Map.of("x5t#S256", thumbprint(certificate)))
        .build();
  }

  private static String thumbprint(X509Certificate certificate) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  @Import({Controller.class, ExistingChains.JwtChain.class})
  static class Application {}

  @SpringBootConfiguration
  @EnableAutoConfiguration
  @Import(Controller.class)
  static class WithoutChain {}

  @SpringBootConfiguration
  @EnableAutoConfiguration
  @Import({Controller.class, ExistingChains.OpaqueChain.class})
  static class OpaqueApplication {}

  @RestController
  static class Controller {
    @GetMapping("/me")
    String me(Authentication authentication) {
      return authentication.getName();
    }
  }
}
