package dev.holdfast.configuration;

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
    @Setting("none") Source source,
    List<KeyParameters> keyParameters,
    @Setting("skip") UnknownTypes unknownTypes,
    @Setting("handshake") Negotiation negotiation,
    @Setting(value = "id", name = "header.value") HeaderValue headerValue) {

  /** Where to look. */
  public enum Source {
    /** Nowhere: a token bound by {@code tbh} is refused. */
    NONE,
    /** The message in the request, verified against this container's TLS connection. */
    TLS,
    /** The headers of a trusted proxy that ends TLS and has verified the message. */
    HEADER
  }

  /** The TokenBindingKeyParameters of RFC 8471 section 3.1. */
  public enum KeyParameters implements Words.Named {
    /** {@code rsa2048_pkcs1.5}, 0. */
    RSA2048_PKCS1_5(0, "rsa2048_pkcs1.5"),
    /** {@code rsa2048_pss}, 1. */
    RSA2048_PSS(1, "rsa2048_pss"),
    /** {@code ecdsap256}, 2. */
    ECDSAP256(2, "ecdsap256");

    private final int value;
    private final String propertyName;

    KeyParameters(int value, String propertyName) {
      this.value = value;
      this.propertyName = propertyName;
    }

    /** The RFC's name, used in configuration. */
    @Override
    public String propertyName() {
      return propertyName;
    }

    /** The value in a message, 0 to 2. */
    public int value() {
      return value;
    }
  }

  /** What becomes of a message that has bindings of a type that nobody knows. */
  public enum UnknownTypes {
    /** They are passed over (RFC 8471 section 3.1). */
    SKIP,
    /** One whose key parameters are known must have a good signature, else nothing is proven. */
    VERIFY
  }

  /** How client and server agree on the key parameters, with {@link Source#TLS}. */
  public enum Negotiation {
    /** In the TLS handshake (RFC 8472). */
    HANDSHAKE,
    /**
     * By configuration: every client of this port has keys of the one kind in {@code
     * .key-parameters}, and a request without a message is refused (RFC 8471 section 7.2).
     */
    CONFIGURED
  }

  /** What a proxy writes into its headers, with {@link Source#HEADER}. */
  public enum HeaderValue {
    /** The Token Binding ID (draft-ietf-tokbind-ttrp-09 section 2.1). */
    ID,
    /** The SHA-256 of the ID, as ngx_token_binding has it. */
    SHA256
  }

  /** Copies the list. */
  public TokenBindingSettings {
    keyParameters = List.copyOf(keyParameters);
  }

  /** Nowhere. */
  public static TokenBindingSettings none() {
    return of(Source.NONE);
  }

  /** From there, with every other default. */
  public static TokenBindingSettings of(Source source) {
    TokenBindingSettings defaults = RecordReader.defaults(TokenBindingSettings.class);
    return new TokenBindingSettings(
        source,
        defaults.keyParameters,
        defaults.unknownTypes,
        defaults.negotiation,
        defaults.headerValue);
  }
}
