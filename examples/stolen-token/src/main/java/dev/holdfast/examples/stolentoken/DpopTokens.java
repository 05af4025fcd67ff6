package dev.holdfast.examples.stolentoken;

/**
 * Tokens for the key of {@code dpop-app}, which shows a proof when it asks for them.
 *
 * @param key the client's
 * @param jwt of {@code dpop-app}
 * @param opaque of {@code dpop-app-opaque}
 */
record DpopTokens(DpopKey key, String jwt, String opaque) {

  static DpopTokens fetch(Parts parts) {
    DpopKey key = DpopKey.generate();
    Person connection = new HttpsPerson(parts.identities().pki().sslContext());
    Person client =
        (uri, call) -> connection.send(uri, call.with("DPoP", key.proof(call.method(), uri)));
    String secret = parts.secrets().dpopApp();
    return new DpopTokens(
        key,
        Tokens.withSecret(parts, client, "dpop-app", secret),
        Tokens.withSecret(parts, client, "dpop-app-opaque", secret));
  }

  @Override
  public String toString() {
    return "DpopTokens[not shown]";
  }
}
