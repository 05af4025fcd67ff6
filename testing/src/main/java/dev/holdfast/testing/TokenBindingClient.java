package dev.holdfast.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.bouncycastle.tls.TlsSession;
import org.jspecify.annotations.Nullable;

/**
 * A TLS client that offers Token Binding in its handshake (RFC 8472), over Bouncy Castle, on any
 * JDK. It checks the server's certificate and name, and the server's answer by section 4.
 *
 * <pre>{@code
 * TokenBindingClient client = TokenBindingClient.trusting(pki.certificate()).offering(2);
 * try (TokenBindingConnection connection = client.connect("localhost", port)) {
 *   String message = key.header(connection.keyingMaterial());
 *   connection.send("GET", "/me", List.of("Sec-Token-Binding: " + message), "");
 * }
 * }</pre>
 *
 * <p>Each method that sets something gives a changed copy.
 */
public final class TokenBindingClient {
  final Options options;

  /** The session of the last connection, offered by {@link #resuming()} ones. */
  final SessionHolder last;

  private TokenBindingClient(Options options, SessionHolder last) {
    this.options = options;
    this.last = last;
  }

  static final class SessionHolder {
    volatile @Nullable TlsSession session;
  }

  /** What a handshake offers. */
  static final class Options {
    private final X509Certificate trusted;
    private @Nullable Identity identity;
    private String version = "TLSv1.3";
    private byte @Nullable [] extension;
    private List<String> protocols = List.of();
    private boolean extendedMasterSecret = true;
    private boolean keyShare = true;
    private boolean earlyData;
    private boolean resuming;
    private Map<Integer, byte[]> more = Map.of();

    private Options(X509Certificate trusted) {
      this.trusted = trusted;
    }

    private Options(Options other) {
      trusted = other.trusted;
      identity = other.identity;
      version = other.version;
      extension = other.extension;
      protocols = other.protocols;
      extendedMasterSecret = other.extendedMasterSecret;
      keyShare = other.keyShare;
      earlyData = other.earlyData;
      resuming = other.resuming;
      more = other.more;
    }

    X509Certificate trusted() {
      return trusted;
    }

    @Nullable Identity identity() {
      return identity;
    }

    String version() {
      return version;
    }

    byte @Nullable [] extension() {
      return extension;
    }

    List<String> protocols() {
      return protocols;
    }

    boolean extendedMasterSecret() {
      return extendedMasterSecret;
    }

    boolean keyShare() {
      return keyShare;
    }

    boolean earlyData() {
      return earlyData;
    }

    boolean resuming() {
      return resuming;
    }

    /** Further extensions by their types. */
    Map<Integer, byte[]> more() {
      return more;
    }
  }

  /** Without Token Binding, TLS 1.3, no certificate of its own. */
  public static TokenBindingClient trusting(X509Certificate authority) {
    return new TokenBindingClient(new Options(authority), new SessionHolder());
  }

  private TokenBindingClient with(Consumer<Options> change) {
    Options changed = new Options(options);
    change.accept(changed);
    return new TokenBindingClient(changed, last);
  }

  /**
   * Offers version {1,0} with these key parameters.
   *
   * @param keyParameters values of RFC 8471 section 3.1, the preferred first; at least one
   */
  public TokenBindingClient offering(int... keyParameters) {
    byte[] extension = new byte[3 + keyParameters.length];
    extension[0] = 1;
    extension[2] = (byte) keyParameters.length;
    for (int i = 0; i < keyParameters.length; i++) {
      extension[3 + i] = (byte) keyParameters[i];
    }
    return offering(extension);
  }

  /** Offers exactly these bytes in the extension, well-formed or not; null: no extension. */
  public TokenBindingClient offering(byte @Nullable [] extension) {
    byte[] offered = extension == null ? null : extension.clone();
    return with(changed -> changed.extension = offered);
  }

  /** Offers one more extension, or another content of one, in the ClientHello. */
  public TokenBindingClient withExtension(int type, byte[] content) {
    return with(
        changed -> {
          changed.more = new HashMap<>(changed.more);
          changed.more.put(type, content.clone());
        });
  }

  /** The only version, {@code TLSv1.2} or {@code TLSv1.3}. */
  public TokenBindingClient withVersion(String version) {
    return with(changed -> changed.version = version);
  }

  /** A client certificate, sent where the server asks for one; its key is elliptic. */
  public TokenBindingClient withIdentity(Identity identity) {
    return with(changed -> changed.identity = identity);
  }

  /** Application protocols, such as {@code h2}, the preferred first. */
  public TokenBindingClient withApplicationProtocols(String... protocols) {
    List<String> offered = List.of(protocols);
    return with(changed -> changed.protocols = offered);
  }

  /** TLS 1.2 without RFC 7627. */
  public TokenBindingClient withoutExtendedMasterSecret() {
    return with(changed -> changed.extendedMasterSecret = false);
  }

  /** TLS 1.3 without a key share in the first ClientHello: the server has to ask for one. */
  public TokenBindingClient withoutKeyShare() {
    return with(changed -> changed.keyShare = false);
  }

  /** TLS 1.3 that offers early data, and sends none. */
  public TokenBindingClient withEarlyData() {
    return with(changed -> changed.earlyData = true);
  }

  /** Offers the session of this client's last connection, of TLS 1.2. */
  public TokenBindingClient resuming() {
    return with(changed -> changed.resuming = true);
  }

  /** Connects and shakes hands. */
  public TokenBindingConnection connect(String host, int port) {
    try {
      Socket socket = new Socket(host, port);
      try {
        return TokenBindingConnection.over(socket, this, host);
      } catch (IOException | RuntimeException failed) {
        socket.close();
        throw failed;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A handshake without a transport, for {@code localhost}. */
  public TokenBindingExchange exchange() {
    return exchange((type, content) -> List.of(new RecordRewriting.Plain(type, content)));
  }

  /** A handshake without a transport whose records are others than the protocol wants. */
  public TokenBindingExchange exchange(RecordRewriting rewriting) {
    return new TokenBindingExchange(this, rewriting);
  }
}
