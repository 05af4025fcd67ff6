package dev.holdfast.examples.stolentoken;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * Passwords for one run.
 *
 * @param legacyApp of the client that has no certificate
 * @param tokenBindingApp of the client whose tokens are bound to its Token Binding
 * @param dpopApp of the client whose tokens are bound to its DPoP key
 * @param api with which the APIs introspect
 */
record Secrets(String legacyApp, String tokenBindingApp, String dpopApp, String api) {

  static Secrets random() {
    return new Secrets(secret(), secret(), secret(), secret());
  }

  private static String secret() {
    byte[] bytes = new byte[24];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public String toString() {
    return "Secrets[not shown]";
  }
}
