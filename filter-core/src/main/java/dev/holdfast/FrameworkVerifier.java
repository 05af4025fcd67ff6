package dev.holdfast;

import java.util.function.Function;

/**
 * A framework that verifies tokens by its own parts, and reports there whether the caller is
 * authenticated: it has to know the decision before it reports a success.
 */
@FunctionalInterface
public interface FrameworkVerifier {

  /**
   * Verifies the token, and has its binding confirmed as soon as the issuer's word is known.
   *
   * @param confirming decides the request over what the issuer says; to be asked once, because it
   *     spends proofs that count once
   * @return what {@code confirming} answered
   * @throws IssuerUnavailableException when the issuer cannot be asked
   */
  Decision verify(PresentedToken token, Function<Verification, Decision> confirming);
}
