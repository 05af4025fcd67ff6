package dev.holdfast.tokenbinding;

import dev.holdfast.Binding;
import dev.holdfast.Confirmation;
import dev.holdfast.ConfirmationMethod;
import java.util.List;
import java.util.Map;

/**
 * Checks, at a relying party, that an ID token is bound to the Token Binding that the user agent
 * provides to it: the token's {@code cnf.tbh} is the digest of the provided ID of the connection
 * that the token came on. The OpenID provider took it from the referred binding of its own
 * connection.
 *
 * <p>It looks at {@code cnf} alone; signature, issuer, audience and times of the ID token are
 * checked before. Safe for use by many threads.
 *
 * @see <a href="https://openid.net/specs/openid-connect-token-bound-authentication-1_0.html">OpenID
 *     Connect Token Bound Authentication 1.0</a>
 */
public final class IdTokenBindingVerifier {
  /** What is made of an ID token without {@code cnf}. */
  public enum IdTokenRequirement {
    /** It is refused. */
    REQUIRED,
    /** It passes as one that is bound to nothing. */
    WHEN_BOUND
  }

  /** The verdict. Only {@link Confirmed} and {@link NotBound} let the ID token pass. */
  public sealed interface Verdict {}

  /**
   * The ID token is bound to the provided Token Binding.
   *
   * @param binding the binding that the token demands and the user agent proved
   */
  public record Confirmed(Binding binding) implements Verdict {}

  /** The ID token has no {@code cnf}, and none is required. */
  public enum NotBound implements Verdict {
    /** The only value. */
    NOT_BOUND
  }

  /**
   * The ID token is refused.
   *
   * @param rule the rule that is broken, lower-case, without values
   */
  public record Refused(String rule) implements Verdict {}

  private final IdTokenRequirement requirement;

  /** A verifier that treats unbound ID tokens so. */
  public IdTokenBindingVerifier(IdTokenRequirement requirement) {
    this.requirement = requirement;
  }

  /**
   * Checks the claims of one ID token.
   *
   * @param claims as a JSON parser gives them: objects as {@code Map}, text as {@code String}
   * @param state what {@link TokenBindings#of} says of the request that the ID token came with
   */
  public Verdict verify(Map<String, ? extends Object> claims, TokenBindingState state) {
    Confirmation confirmation = Confirmation.of(claims);
    if (confirmation instanceof Confirmation.Unbound) {
      return requirement == IdTokenRequirement.WHEN_BOUND
          ? NotBound.NOT_BOUND
          : new Refused("the id token is bound to no key, and one is required");
    }
    if (confirmation instanceof Confirmation.Bound bound) {
      return demanded(bound.demanded(), state);
    }
    return new Refused(
        confirmation instanceof Confirmation.Unusable unusable ? unusable.rule() : "none");
  }

  private static Verdict demanded(List<Binding> demanded, TokenBindingState state) {
    if (demanded.size() != 1 || demanded.get(0).method() != ConfirmationMethod.TOKEN_BINDING) {
      return new Refused("the id token demands a key that is not looked at here");
    }
    Binding binding = demanded.get(0);
    if (state instanceof EstablishedTokenBindings established) {
      return established.provided().equals(binding.digest())
          ? new Confirmed(binding)
          : new Refused("the id token is bound to another key than the one provided");
    }
    return new Refused(
        state instanceof TokenBindingState.Refused refused
            ? refused.rule()
            : "no token binding is established on this connection");
  }
}
