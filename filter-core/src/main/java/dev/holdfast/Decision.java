package dev.holdfast;

import dev.holdfast.PresentedToken.Scheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a request. Only {@link Allowed} reaches the application. It carries what it rests
 * on, so that nobody asks the policy or looks for the token a second time.
 */
public sealed interface Decision {

  /** The scheme under which the token was presented; null when none was to look at. */
  @Nullable Scheme scheme();

  /**
   * What the policy demands of the request; null when rules ask for the token's issuer and it was
   * not known.
   */
  @Nullable Requirement requirement();

  /**
   * Header fields that go on the response whatever becomes of the request, by name; most often
   * none.
   */
  Map<String, String> responseHeaders();

  /**
   * The request may pass.
   *
   * @param token what the issuer says of the presented token
   * @param scheme the scheme under which it was presented
   * @param requirement what the policy demands of the request
   * @param binding the proven key that the token demanded, the first of several; null when the
   *     token demands none or its demands were not looked at here
   * @param report the refusal that {@code report-only} did not carry out, or null
   * @param responseHeaders header fields for the response
   */
  record Allowed(
      AccessToken token,
      Scheme scheme,
      Requirement requirement,
      @Nullable Binding binding,
      @Nullable Refused report,
      Map<String, String> responseHeaders)
      implements Decision {
    /** Copies the header fields. */
    public Allowed {
      responseHeaders = Map.copyOf(responseHeaders);
    }

    /** With nothing to report and no header fields for the response. */
    public Allowed(
        AccessToken token, Scheme scheme, Requirement requirement, @Nullable Binding binding) {
      this(token, scheme, requirement, binding, null, Map.of());
    }

    /** The refusal of the same request for a reason that the framework at its edge has. */
    public Refused refusedAfterAll(Refusal refusal, String detail) {
      return new Refused(refusal, detail, token).restingOn(scheme, requirement);
    }

    /** What would have been refused if the policy were not {@code report-only}, or null. */
    public @Nullable Refusal reported() {
      return report == null ? null : report.refusal();
    }
  }

  /**
   * The request is refused.
   *
   * @param refusal the catalogue entry
   * @param detail the rule that was broken, lower-case, without values: for the log, never for the
   *     caller
   * @param token the verified token when the refusal came after verification, else null
   * @param responseHeaders header fields for the response
   * @param proven the keys that the caller proved all the same: whose certificate a thief used, for
   *     example
   * @param scheme the scheme under which a token was presented, or null
   * @param requirement what the policy demands of the request, or null where it was not known
   */
  record Refused(
      Refusal refusal,
      String detail,
      @Nullable AccessToken token,
      Map<String, String> responseHeaders,
      List<Binding> proven,
      @Nullable Scheme scheme,
      @Nullable Requirement requirement)
      implements Decision {
    /** Copies the collections. */
    public Refused {
      responseHeaders = Map.copyOf(responseHeaders);
      proven = List.copyOf(proven);
    }

    /** Of a caller who proved no key and showed no token that was looked at. */
    public Refused(
        Refusal refusal,
        String detail,
        @Nullable AccessToken token,
        Map<String, String> responseHeaders) {
      this(refusal, detail, token, responseHeaders, List.of(), null, null);
    }

    /** With no header fields for the response. */
    public Refused(Refusal refusal, String detail, @Nullable AccessToken token) {
      this(refusal, detail, token, Map.of());
    }

    Refused(Refusal refusal) {
      this(refusal, refusal.text(), null);
    }

    /** The same, of a caller who sent these proofs; those that were not looked at are null. */
    Refused proving(@Nullable Proof[] proofs) {
      List<Binding> keys = new ArrayList<>(proofs.length);
      for (Proof proof : proofs) {
        if (proof instanceof Proof.Proven proven) {
          keys.add(proven.binding());
        }
      }
      return keys.isEmpty()
          ? this
          : new Refused(refusal, detail, token, responseHeaders, keys, scheme, requirement);
    }

    /** The same, resting on this. */
    Refused restingOn(@Nullable Scheme presented, @Nullable Requirement demanded) {
      return new Refused(refusal, detail, token, responseHeaders, proven, presented, demanded);
    }
  }
}
