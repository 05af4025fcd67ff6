package dev.holdfast.servlet.exporter;

import dev.holdfast.AccessToken;
import dev.holdfast.Binding;

/**
 * The names of the request attributes that an allowed request carries, and of those that a
 * connector may set for Holdfast to read.
 */
public final class HoldfastAttributes {
  /** The {@link AccessToken}; also the request's user principal. */
  public static final String ACCESS_TOKEN = "dev.holdfast.AccessToken";

  /** The proven {@link Binding}; absent when the token demanded none or was not looked at. */
  public static final String BINDING = "dev.holdfast.Binding";

  /**
   * The {@link dev.holdfast.tokenbinding.message.TokenBindingId} that the caller referred to this
   * service, verified (RFC 8473 section 5.3): what a token for another server may be bound to. It
   * never decides about access. Absent where a proxy sends digests only.
   */
  public static final String REFERRED_TOKEN_BINDING_ID = "dev.holdfast.ReferredTokenBindingId";

  /**
   * Set by a connector: a {@code byte[]} of 32, the keying material of this very connection under
   * the label {@code EXPORTER-Token-Binding} without a context, exported when its handshake ended
   * (RFC 8471 section 3.3). It has a JDK type so that it crosses class loaders. Whoever sets it
   * vouches for it: nothing that a request brings may reach it.
   */
  public static final String EXPORTED_KEYING_MATERIAL =
      "dev.holdfast.tokenbinding.ExportedKeyingMaterial";

  /**
   * Set by a connector beside {@link #EXPORTED_KEYING_MATERIAL} when the handshake agreed on key
   * parameters: their value as an {@code Integer}, 0 to 2 (RFC 8471 section 3.1). Without it the
   * keying material counts only where {@code token-binding.negotiation} is {@code configured}.
   */
  public static final String KEY_PARAMETERS = "dev.holdfast.tokenbinding.message.KeyParameters";

  /**
   * Set by a container that Holdfast does not know, any but Tomcat, Jetty and Undertow: the address
   * of the socket's peer, a {@code String} with an IP literal. Whoever sets it vouches that no
   * header had a part in it.
   */
  public static final String PEER_ADDRESS = "dev.holdfast.PeerAddress";

  private HoldfastAttributes() {}
}
