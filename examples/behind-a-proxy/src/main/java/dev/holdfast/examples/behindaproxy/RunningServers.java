package dev.holdfast.examples.behindaproxy;

import dev.holdfast.testing.Identity;
import dev.holdfast.testing.TestIssuer;
import dev.holdfast.testing.TokenBindingKey;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An issuer, the API, and the proxy before it, all on this machine.
 *
 * @param identities whose certificates there are
 * @param workplace where keys and configurations are
 * @param issuer issues tokens
 * @param api plain HTTP
 * @param proxy TLS
 */
record RunningServers(
    Identities identities, Workplace workplace, TestIssuer issuer, Api api, Proxy proxy)
    implements AutoCloseable {

  static RunningServers start(Product product) {
    Identities identities = Identities.create();
    Workplace workplace = Workplace.create();
    TestIssuer issuer = TestIssuer.start(identities.pki());
    Api api = null;
    try {
      api = Api.start(product, issuer, identities.pki(), workplace);
      Proxy proxy = Proxy.start(product, identities.pki(), api.port(), workplace);
      return new RunningServers(identities, workplace, issuer, api, proxy);
    } catch (PartFailedException failed) {
      if (api != null) {
        api.close();
      }
      issuer.close();
      workplace.close();
      throw failed;
    }
  }

  /** The Authorization field of a token that is bound to this certificate. */
  String tokenOf(Identity identity) {
    return "Authorization: Bearer " + issuer.jwt(issuer.claims(identity.thumbprint()));
  }

  /** The Authorization field of a token that is bound to this Token Binding key. */
  String tokenOf(TokenBindingKey key) {
    Map<String, Object> claims = new LinkedHashMap<>(issuer.claims(null));
    claims.put("cnf", Map.of("tbh", key.tbh()));
    return "Authorization: Bearer " + issuer.jwt(claims);
  }

  @Override
  public void close() {
    proxy.close();
    api.close();
    issuer.close();
    workplace.close();
  }
}
