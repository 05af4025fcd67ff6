package dev.holdfast.tokenbinding;

import dev.holdfast.Binding;
import dev.holdfast.ConfirmationMethod;
import dev.holdfast.Proof;
import dev.holdfast.Sha256Digest;
import dev.holdfast.tokenbinding.message.Referral;
import dev.holdfast.tokenbinding.message.TokenBindingId;
import dev.holdfast.tokenbinding.message.VerifiedTokenBindings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The Token Bindings that are established for a request: proven to this server on its own
 * connection, or to a trusted proxy that says so. Only a {@link TokenBindings} makes one.
 *
 * <p>A binding is named by the digest of its ID, the value of {@code cnf.tbh}. The IDs themselves
 * are there too, unless the proxy sends digests only.
 */
public final class EstablishedTokenBindings implements TokenBindingState {
  private final Sha256Digest provided;
  private final @Nullable Sha256Digest referred;
  private final @Nullable TokenBindingId providedId;
  private final @Nullable TokenBindingId referredId;
  private final Referral referral;
  private final Proof proof;

  private EstablishedTokenBindings(
      Sha256Digest provided,
      @Nullable Sha256Digest referred,
      @Nullable TokenBindingId providedId,
      @Nullable TokenBindingId referredId,
      Referral referral) {
    this.provided = provided;
    this.referred = referred;
    this.providedId = providedId;
    this.referredId = referredId;
    this.referral = referral;
    this.proof = new Proof.Proven(new Binding(ConfirmationMethod.TOKEN_BINDING, provided));
  }

  static EstablishedTokenBindings of(VerifiedTokenBindings verified) {
    TokenBindingId referred = verified.referred();
    return new EstablishedTokenBindings(
        verified.provided().digest(),
        referred == null ? null : referred.digest(),
        verified.provided(),
        referred,
        verified.referral());
  }

  static EstablishedTokenBindings ofDigests(
      Sha256Digest provided, @Nullable Sha256Digest referred) {
    Referral referral = referred == null ? Referral.NONE : Referral.KNOWN;
    return new EstablishedTokenBindings(provided, referred, null, null, referral);
  }

  /**
   * The digest that an authorization server binds this client's access tokens to: the referred
   * key's, or the provided one's where the client referred to none. Empty where it referred to a
   * key of a kind that is unknown here: then no bound token may be issued (RFC 8473 section 5.4).
   */
  public Optional<Sha256Digest> keyForTokens() {
    return referral == Referral.UNSUPPORTED
        ? Optional.empty()
        : Optional.of(referred == null ? provided : referred);
  }

  /** Whether the client referred to a key, and to one that is supported. */
  public Referral referral() {
    return referral;
  }

  /** The digest of the provided ID: what the {@code cnf.tbh} of a token sent here has to be. */
  public Sha256Digest provided() {
    return provided;
  }

  /**
   * The digest of the referred ID, or null when there is none that is known: what an authorization
   * server puts into the {@code cnf.tbh} of a token for the server that the client referred to. It
   * never decides about access.
   */
  public @Nullable Sha256Digest referred() {
    return referred;
  }

  /** The provided ID, or null where a proxy sends digests only. */
  public @Nullable TokenBindingId providedId() {
    return providedId;
  }

  /** The referred ID, or null when there is none that is known, or a proxy sends digests only. */
  public @Nullable TokenBindingId referredId() {
    return referredId;
  }

  /** Made once, because it is asked for on every request. */
  Proof proof() {
    return proof;
  }

  @Override
  public String toString() {
    return "EstablishedTokenBindings[provided " + provided + ", referred " + referred + "]";
  }
}
