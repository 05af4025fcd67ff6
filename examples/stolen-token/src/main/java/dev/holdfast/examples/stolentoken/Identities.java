package dev.holdfast.examples.stolentoken;

import dev.holdfast.testing.Identity;
import dev.holdfast.testing.ThrowAwayPki;

/**
 * Who takes part, each with a key of its own.
 *
 * @param pki the certificate authority that everybody trusts
 * @param paymentsApp a client that the authority certified
 * @param selfSignedApp a client that registered a certificate of its own making
 * @param thief certified by the same authority, under the thief's own name
 * @param impostor what the thief certified himself, in the name of {@code payments-app}
 */
record Identities(
    ThrowAwayPki pki,
    Identity paymentsApp,
    Identity selfSignedApp,
    Identity thief,
    Identity impostor) {

  static Identities create() {
    ThrowAwayPki pki = ThrowAwayPki.create();
    return new Identities(
        pki,
        pki.clientCertificate("CN=payments-app"),
        ThrowAwayPki.selfSigned("CN=self-signed-app"),
        pki.clientCertificate("CN=mallory"),
        ThrowAwayPki.selfSigned("CN=payments-app"));
  }
}
