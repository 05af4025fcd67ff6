package dev.holdfast.benchmarks;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import dev.holdfast.testing.Identity;
import dev.holdfast.testing.TestIssuer;
import dev.holdfast.testing.ThrowAwayPki;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;

/**
 * An issuer with its keys, a client certificate, and tokens bound to it. Both sides get the same
 * ones. The issuer is asked for its keys once, before anything is measured.
 */
final class Specimens implements AutoCloseable {
  static final String AUDIENCE = "https://api.example";
  private static final int HOUR = 3600;

  private final ThrowAwayPki pki = ThrowAwayPki.create();
  private final TestIssuer issuer = TestIssuer.start(pki);
  private final Identity client = pki.clientCertificate("CN=payments-app");

  String issuer() {
    return issuer.issuer();
  }

  String jwkSetUri() {
    return issuer.jwkSetUri();
  }

  SSLContext trust() {
    return pki.sslContext();
  }

  /** An API that asks for certificates. */
  SSLContext serverTls() {
    return pki.sslContext(pki.serverCertificate());
  }

  /** Its client, with the certificate that the tokens are bound to. */
  SSLContext clientTls() {
    return pki.sslContext(client);
  }

  /** Whom the issuer's TLS is trusted by. */
  X509Certificate authority() {
    return pki.certificate();
  }

  Identity client() {
    return client;
  }

  JWKSet publicKeys() {
    return new JWKSet(issuer.publishedKeys()).toPublicJWKSet();
  }

  /** That of the tokens of RS256. */
  RSAPublicKey rsaPublicKey() {
    try {
      return issuer.rsaKey().toRSAPublicKey();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Distinct valid tokens. Their {@code typ} is left out: both sides take that by default. */
  String[] tokens(String algorithm, int count) {
    return tokens(algorithm, count, issuer.claims(client.thumbprint()));
  }

  /** As many tokens of the same size that are bound to nothing. */
  String[] plainTokens(String algorithm, int count) {
    Map<String, Object> claims = new LinkedHashMap<>(issuer.claims(client.thumbprint()));
    claims.put("fnc", claims.remove("cnf"));
    return tokens(algorithm, count, claims);
  }

  private String[] tokens(String algorithm, int count, Map<String, Object> claims) {
    return IntStream.range(0, count)
        .parallel()
        .mapToObj(number -> token(algorithm, number, claims))
        .toArray(String[]::new);
  }

  private String token(String algorithm, int number, Map<String, Object> common) {
    Map<String, Object> claims = new LinkedHashMap<>(common);
    claims.put("exp", System.currentTimeMillis() / 1000 + HOUR);
    claims.put("jti", "token-" + number);
    return issuer.sign(JWSAlgorithm.parse(algorithm), claims, header -> header.type(null));
  }

  @Override
  public void close() {
    issuer.close();
  }
}
