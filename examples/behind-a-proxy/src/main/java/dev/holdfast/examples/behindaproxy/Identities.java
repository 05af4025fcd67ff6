package dev.holdfast.examples.behindaproxy;

import dev.holdfast.testing.Identity;
import dev.holdfast.testing.KeyKind;
import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.testing.Validity;
import javax.net.ssl.SSLContext;

/**
 * Who takes part, each with a key of its own.
 *
 * @param pki the certificate authority that everybody trusts
 * @param rightful the client that tokens are issued to
 * @param thief certified by the same authority, under the thief's own name
 * @param impostor what the thief certified himself, in the rightful client's name
 * @param expired of the authority, until yesterday
 */
record Identities(
    ThrowAwayPki pki, Identity rightful, Identity thief, Identity impostor, Identity expired) {

  static Identities create() {
    ThrowAwayPki pki = ThrowAwayPki.create();
    return new Identities(
        pki,
        pki.clientCertificate("CN=payments-app"),
        pki.clientCertificate("CN=mallory"),
        ThrowAwayPki.selfSigned("CN=payments-app"),
        pki.clientCertificate("CN=former-app", KeyKind.EC, Validity.expired()));
  }

  /** Someone who calls with this key. */
  RawClient as(Identity identity) {
    return RawClient.over(tls(identity));
  }

  /** TLS with this identity, presented whether the server asks for its like or not. */
  SSLContext tls(Identity identity) {
    return Obstinate.tls(identity, pki.certificate());
  }

  /** Someone who calls without a certificate. */
  RawClient anonymous() {
    return RawClient.over(pki.sslContext());
  }
}
