package dev.holdfast.examples.authorizationserver;

import com.nimbusds.jose.jwk.JWKSet;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Publishes the key sets of the self-signed clients, as each client would at its own address. */
@RestController
class ClientKeysController {

  private final ClientKeys keys;

  ClientKeysController(ClientKeys keys) {
    this.keys = keys;
  }

  @GetMapping(
      path = {"/clients/self-signed-app/jwks", "/clients/self-signed-app-opaque/jwks"},
      produces = JWKSet.MIME_TYPE)
  String jwks() {
    return keys.jwkSet().toString();
  }
}
