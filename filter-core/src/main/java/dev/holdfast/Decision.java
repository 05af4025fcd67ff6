package dev.holdfast;

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
   * @param reported what would have been refused if the policy were not {@code report-only}, or
   *     null
   * @param responseHeaders header fields for the response
   */
  record Allowed(
      AccessToken token,
      @Nullable Binding binding,
      @Nullable Refusal reported,
      Map<String, String> responseHeaders)
      implements Decision {
    /** Copies the header fields. */
    public Allowed {
      responseHeaders = Map.copyOf(responseHeaders);
    }

    /** With no header fields for the response. */
    public Allowed(AccessToken token, @Nullable Binding binding, @Nullable Refusal reported) {
      this(token, binding, reported, Map.of());
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
   */
  record Refused(
      Refusal refusal,
      String detail,
      @Nullable AccessToken token,
      Map<String, String> responseHeaders)
      implements Decision {
    /** Copies the header fields. */
    public Refused {
      responseHeaders = Map.copyOf(responseHeaders);
    }

    /** With no header fields for the response. */
    public Refused(Refusal refusal, String detail, @Nullable AccessToken token) {
      this(refusal, detail, token, Map.of());
    }

    Refused(Refusal refusal) {
      this(refusal, refusal.text(), null);
    }
  }
}
