package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.RequestEvidence;
import dev.holdfast.testing.TokenBindingKey;
import dev.holdfast.tokenbinding.IdTokenBindingVerifier;
import dev.holdfast.tokenbinding.ProxyTokenBindings;
import dev.holdfast.tokenbinding.ProxyValue;
import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** An ID token is worth something on its own connection only. */
class TokenBoundIdTokenValidatorTest {
  private static final TokenBindingKey OWNER = TokenBindingKey.generate(TokenBindingKey.ECDSAP256);
  private static final TokenBindingKey THIEF = TokenBindingKey.generate(TokenBindingKey.ECDSAP256);

  @AfterEach
  void noRequest() {
    RequestContextHolder.resetRequestAttributes();
  }

  private static OAuth2TokenValidatorResult validate(Jwt idToken) {
    return new TokenBoundIdTokenValidator(
            new IdTokenBindingVerifier(IdTokenBindingVerifier.IdTokenRequirement.REQUIRED),
            new ProxyTokenBindings(ProxyValue.ID),
            TrustedProxyEvidence::new)
        .validate(idToken);
  }

  private static Jwt boundTo(TokenBindingKey key) {
    return idToken().claim("cnf", Map.of("tbh", key.tbh())).build();
  }

  private static Jwt.Builder idToken() {
    return Jwt.withTokenValue("id-token").header("alg", "RS256").subject("alice");
  }

  private static void requestOf(TokenBindingKey key) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    if (key != null) {
      request.addHeader("Sec-Provided-Token-Binding-ID", key.encodedId());
    }
    RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
  }

  @Test
  void theOwnersConnectionIsAccepted() {
    requestOf(OWNER);
    assertThat(validate(boundTo(OWNER)).hasErrors()).isFalse();
  }

  @Test
  void anotherKeysConnectionIsRefused() {
    requestOf(THIEF);
    OAuth2TokenValidatorResult refused = validate(boundTo(OWNER));
    assertThat(refused.getErrors())
        .singleElement()
        .satisfies(error -> assertThat(error.getErrorCode()).isEqualTo("invalid_id_token"));
  }

  @Test
  void noTokenBindingNoBindingAndNoRequestAreRefused() {
    requestOf(null);
    assertThat(validate(boundTo(OWNER)).hasErrors()).isTrue();
    requestOf(OWNER);
    assertThat(validate(idToken().build()).hasErrors()).isTrue();
    RequestContextHolder.resetRequestAttributes();
    assertThat(validate(boundTo(OWNER)).hasErrors()).isTrue();
  }

  /** A request that came from a proxy which is trusted. */
  private record TrustedProxyEvidence(HttpServletRequest request) implements RequestEvidence {
    @Override
    public String httpMethod() {
      return request.getMethod();
    }

    @Override
    public String path() {
      return "/";
    }

    @Override
    public String rawPath() {
      return "/";
    }

    @Override
    public String query() {
      return null;
    }

    @Override
    public List<String> headers(String name) {
      return Collections.list(request.getHeaders(name));
    }

    @Override
    public X509Certificate clientCertificate() {
      return null;
    }

    @Override
    public boolean fromTrustedProxy() {
      return true;
    }
  }
}
