package dev.holdfast.servlet.evidence;

import dev.holdfast.RequestEvidence;
import dev.holdfast.tokenbinding.EstablishedTokenBindings;
import dev.holdfast.tokenbinding.TokenBindings;
import dev.holdfast.tokenbinding.message.TokenBindingId;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * The referred Token Binding of RFC 8473 section 5: the key that a client uses with another server,
 * shown to this one so that it can issue what is bound to it.
 */
public final class ReferredTokenBinding {
  private static final String INCLUDE = "Include-Referred-Token-Binding-ID";

  private ReferredTokenBinding() {}

  /**
   * Asks the client to show the server that this response redirects to which key it uses here: sets
   * {@code Include-Referred-Token-Binding-ID: true} (RFC 8473 section 5.3). For a relying party
   * that sends its user to an identity provider; call it before the response is committed.
   */
  public static void include(HttpServletResponse response) {
    response.setHeader(INCLUDE, "true");
  }

  static @Nullable TokenBindingId of(@Nullable TokenBindings bindings, RequestEvidence evidence) {
    return bindings != null && bindings.of(evidence) instanceof EstablishedTokenBindings established
        ? established.referredId()
        : null;
  }
}
