package dev.holdfast;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What becomes of a request. Only {@link Allowed} reaches the application. */
public sealed interface Decision {

  /**
   * Header fields that go on the response whatever becomes of the request, by name; most often
   * none.
   */
  Map<String, String> responseHeaders();

  /**
   * The request may pass.
   *
   * @param token what the issuer says of the presented token
   * @param binding the proven key that the token demanded, the first of several; null when the
   *     token demands none or its demands were not looked at here
   * @param report the refusal that {@code report-only} did not carry out, or null
   * @param responseHeaders header fields for the response
   */
  record Allowed(
      AccessToken token,
      @Nullable Binding binding,
      @Nullable Refused report,
      Map<String, String> responseHeaders)
      implements Decision {
    /** Copies the header fields. */
    public Allowed {
      responseHeaders = Map.copyOf(responseHeaders);
    }

    /** With the catalogue entry's own text as the reason of what is reported. */
    public Allowed(
        AccessToken token,
        @Nullable Binding binding,
        @Nullable Refusal reported,
        Map<String, String> responseHeaders) {
      this(
          token,
          binding,
          reported == null ? null : new Refused(reported, reported.text(), token),
          responseHeaders);
    }

    /** With no header fields for the response. */
    public Allowed(AccessToken token, @Nullable Binding binding, @Nullable Refusal reported) {
      this(token, binding, reported, Map.of());
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
   */
  record Refused(
      Refusal refusal,
      String detail,
      @Nullable AccessToken token,
      Map<String, String> responseHeaders,
      List<Binding> proven)
      implements Decision {
    /** Copies the collections. */
    public Refused {
      responseHeaders = Map.copyOf(responseHeaders);
      proven = List.copyOf(proven);
    }

    /** Of a caller who proved no key. */
    public Refused(
        Refusal refusal,
        String detail,
        @Nullable AccessToken token,
        Map<String, String> responseHeaders) {
      this(refusal, detail, token, responseHeaders, List.of());
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
      return keys.isEmpty() ? this : new Refused(refusal, detail, token, responseHeaders, keys);
    }
  }
}
