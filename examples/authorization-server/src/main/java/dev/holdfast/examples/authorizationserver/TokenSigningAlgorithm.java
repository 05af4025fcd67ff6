package dev.holdfast.examples.authorizationserver;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.JWKGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;

/** The algorithms with which the server can sign tokens; each makes its own key. */
enum TokenSigningAlgorithm {
  RS256 {
    @Override
    JWKGenerator<? extends JWK> generator() {
      return new RSAKeyGenerator(2048);
    }
  },
  ES256 {
    @Override
    JWKGenerator<? extends JWK> generator() {
      return new ECKeyGenerator(Curve.P_256);
    }
  };

  abstract JWKGenerator<? extends JWK> generator();

  SignatureAlgorithm jwsAlgorithm() {
    return SignatureAlgorithm.valueOf(name());
  }

  /** A new signing key, whose identifier is its thumbprint. */
  JWK newKey() {
    try {
      return generator()
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.parse(name()))
          .keyIDFromThumbprint(true)
          .generate();
    } catch (JOSEException e) {
      throw new IllegalStateException("cannot make a signing key", e);
    }
  }
}
