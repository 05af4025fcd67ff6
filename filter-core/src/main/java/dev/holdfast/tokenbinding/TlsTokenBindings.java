package dev.holdfast.tokenbinding;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.holdfast.ExportedKeyingMaterial;
import dev.holdfast.ExportedKeyingMaterial.Agreement;
import dev.holdfast.RequestEvidence;
import dev.holdfast.tokenbinding.message.RefusedTokenBindingException;
import dev.holdfast.tokenbinding.message.TokenBindingMessage;
import dev.holdfast.tokenbinding.message.TokenBindingMessageVerifier;
import dev.holdfast.tokenbinding.message.UnknownTypes;
import dev.holdfast.tokenbinding.message.VerifiedTokenBindings;
import java.util.List;

/**
 * Token Bindings over this server's own TLS connections (RFC 8471 section 4.2, RFC 8473 section 2).
 *
 * <p>The last message that held is kept for each connection, under the connection's keying
 * material: a later request costs one look-up and one comparison with the whole message. Only what
 * held is kept, one message for each connection, so that whoever wants to push others out has to
 * make a connection and a good signature for every entry.
 */
public final class TlsTokenBindings implements TokenBindings {
  /** Together some 100,000 connections with P-256 keys, or 35,000 with RSA keys. */
  private static final long MAX_CHARACTERS = 40_000_000;

  /** For the keying material, the IDs and the digests beside the message. */
  private static final int OTHER_CHARACTERS = 200;

  private static final TokenBindingState.Refused MISSING =
      Fields.refused("this port requires a sec-token-binding");

  /** A message that held, as it was sent. */
  private record Held(String message, EstablishedTokenBindings bindings) {}

  private final TokenBindingMessageVerifier verifier;

  // Maintenance is a few steps without I/O: no reason for another thread.
  private final Cache<ExportedKeyingMaterial, Held> held =
      Caffeine.newBuilder()
          .maximumWeight(MAX_CHARACTERS)
          .weigher(
              (ExportedKeyingMaterial connection, Held entry) ->
                  entry.message().length() + OTHER_CHARACTERS)
          .executor(Runnable::run)
          .build();

  /**
   * From this server's own TLS layer: the {@code Sec-Token-Binding} field, verified against {@link
   * RequestEvidence#exportedKeyingMaterial()}.
   */
  public TlsTokenBindings(UnknownTypes unknownTypes) {
    this.verifier = new TokenBindingMessageVerifier(unknownTypes);
  }

  @Override
  public TokenBindingState of(RequestEvidence evidence) {
    List<String> messages = evidence.headers(Fields.MESSAGE);
    if (Fields.isNotOne(messages)) {
      return Fields.notOne();
    }
    ExportedKeyingMaterial connection = evidence.exportedKeyingMaterial();
    if (connection == null) {
      return TokenBindingState.None.NONE; // not agreed on: whatever was sent counts for nothing
    }
    if (messages.isEmpty()) {
      return connection.agreement() == Agreement.NEGOTIATED ? TokenBindingState.None.NONE : MISSING;
    }
    return Fields.isEarly(evidence) ? Fields.early() : on(connection, messages.get(0));
  }

  private TokenBindingState on(ExportedKeyingMaterial connection, String message) {
    Held last = held.getIfPresent(connection);
    if (last != null && last.message().equals(message)) {
      return last.bindings();
    }
    try {
      VerifiedTokenBindings verified =
          verifier.verify(TokenBindingMessage.parseField(message), connection);
      EstablishedTokenBindings bindings = EstablishedTokenBindings.of(verified);
      held.put(connection, new Held(message, bindings)); // a race verifies twice, and both are true
      return bindings;
    } catch (RefusedTokenBindingException refused) {
      return Fields.refused(refused.rule());
    }
  }
}
