package dev.holdfast.configuration.settings;

import dev.holdfast.configuration.RecordReader;
import dev.holdfast.configuration.Setting;
import dev.holdfast.tokenbinding.ProxyValue;
import dev.holdfast.tokenbinding.message.KeyParameters;
import dev.holdfast.tokenbinding.message.UnknownTypes;
import java.util.List;

/**
 * {@code token-binding}: where Token Binding comes from.
 *
 * @param source where it comes from; header needs proxies.trusted
 * @param keyParameters what is taken, the preferred first; default: all
 * @param unknownTypes what becomes of bindings of an unknown type
 * @param negotiation how client and server agree on the key parameters
 * @param headerValue what a trusted proxy's headers say: the ID, or its SHA-256
 */
public record TokenBindingSettings(
    @Setting("none") TokenBindingSource source,
    List<KeyParameters> keyParameters,
    @Setting("skip") UnknownTypes unknownTypes,
    @Setting("handshake") Negotiation negotiation,
    @Setting(value = "id", name = "header.value") ProxyValue headerValue) {

  /** Where to look. */
  public enum TokenBindingSource {
    /** Nowhere: a token bound by {@code tbh} is refused. */
    NONE,
    /** The message in the request, verified against this container's TLS connection. */
    TLS,
    /** The headers of a trusted proxy that ends TLS and has verified the message. */
    HEADER
  }

  /** How client and server agree on the key parameters, with {@link TokenBindingSource#TLS}. */
  public enum Negotiation {
    /** In the TLS handshake (RFC 8472). */
    HANDSHAKE,
    /**
     * By configuration: every client of this port has keys of the one kind in {@code
     * .key-parameters}, and a request without a message is refused (RFC 8471 section 7.2).
     */
    CONFIGURED
  }

  /** Copies the list. */
  public TokenBindingSettings {
    keyParameters = List.copyOf(keyParameters);
  }

  /** Nowhere. */
  public static TokenBindingSettings none() {
    return of(TokenBindingSource.NONE);
  }

  /** From there, with every other default. */
  public static TokenBindingSettings of(TokenBindingSource source) {
    TokenBindingSettings defaults = RecordReader.defaults(TokenBindingSettings.class);
    return new TokenBindingSettings(
        source,
        defaults.keyParameters,
        defaults.unknownTypes,
        defaults.negotiation,
        defaults.headerValue);
  }
}
