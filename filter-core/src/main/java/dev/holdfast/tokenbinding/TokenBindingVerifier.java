package dev.holdfast.tokenbinding;

import dev.holdfast.ConfirmationMethod;
import dev.holdfast.KeyProof;
import dev.holdfast.Proof;
import dev.holdfast.RequestEvidence;

/**
 * Proves the key of the provided Token Binding, whichever way it was established. The referred
 * binding proves nothing to this server.
 *
 * @see <a
 *     href="https://datatracker.ietf.org/doc/html/draft-ietf-oauth-token-binding-08#section-3.3">OAuth
 *     2.0 Token Binding, section 3.3</a>
 */
public final class TokenBindingVerifier implements KeyProof {
  private final TokenBindings bindings;

  /** A verifier over these bindings; it shares what they remember with whoever else asks them. */
  public TokenBindingVerifier(TokenBindings bindings) {
    this.bindings = bindings;
  }

  @Override
  public ConfirmationMethod method() {
    return ConfirmationMethod.TOKEN_BINDING;
  }

  @Override
  public Proof prove(RequestEvidence evidence) {
    TokenBindingState state = bindings.of(evidence);
    if (state instanceof EstablishedTokenBindings established) {
      return established.proof();
    }
    return state instanceof TokenBindingState.Refused refused
        ? new Proof.Rejected(refused.refusal(), refused.rule())
        : Proof.Absent.ABSENT;
  }
}
