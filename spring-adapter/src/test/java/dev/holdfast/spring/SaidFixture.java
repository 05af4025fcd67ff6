package dev.holdfast.spring;

import com.nimbusds.jose.JWSAlgorithm;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.context.ConfigurableApplicationContext;

/** Chains of several kinds, their tokens, and who hears what is said about them. */
abstract class SaidFixture extends ChainsFixture {

  @BeforeEach
  void nothingHeard() {
    SaidChains.Desk.clear();
  }

  static ConfigurableApplicationContext app(Class<?> chain, String... settings) {
    Map<String, String> properties = new HashMap<>(bootJwt());
    properties.put("logging.level.dev.holdfast", "info");
    properties.put("test.entry", "none");
    for (int i = 0; i < settings.length; i += 2) {
      properties.put(settings[i], settings[i + 1]);
    }
    return app(
        chain.getSimpleName() + String.join(",", settings),
        properties,
        chain,
        SaidChains.Desk.class);
  }

  static Class<?> chain(String name) {
    return switch (name) {
      case "holdfast" -> ExistingChains.JwtChain.class;
      case "decoder" -> SaidChains.OwnDecoder.class;
      case "advised" -> SaidChains.AdvisedDecoder.class;
      case "tenants" -> SaidChains.Tenants.class;
      case "resolver" -> SaidChains.OwnResolver.class;
      default -> throw new IllegalArgumentException(name);
    };
  }

  static Map<String, Object> claims(String thumbprint) {
    Map<String, Object> claims = issuer.claims(thumbprint);
    claims.put("aud", List.of("https://api.test"));
    return claims;
  }

  static String jwt(Map<String, Object> claims) {
    return issuer.sign(
        JWSAlgorithm.RS256, claims, header -> header.type(com.nimbusds.jose.JOSEObjectType.JWT));
  }

  static String bound() {
    return jwt(claims(RIGHTFUL.thumbprint()));
  }

  static String with(Map<String, Object> claims, String name, Object value) {
    claims.put(name, value);
    return jwt(claims);
  }
}
