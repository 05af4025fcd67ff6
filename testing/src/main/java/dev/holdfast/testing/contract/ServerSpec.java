package dev.holdfast.testing.contract;

import dev.holdfast.testing.Identity;
import dev.holdfast.testing.ThrowAwayPki;
import java.util.Map;
import javax.net.ssl.SSLContext;

/**
 * A server to start: on a free port of the loopback interface, with TLS that asks for a client
 * certificate and takes the connection without one, HTTP/1.1 and HTTP/2.
 *
 * @param settings flat {@code holdfast.*} properties
 * @param identity the server's key and chain
 * @param pki whose clients are trusted
 * @param forwarding what the container itself makes of {@code X-Forwarded-For}
 */
public record ServerSpec(
    Map<String, String> settings, Identity identity, ThrowAwayPki pki, Forwarding forwarding) {

  /** The container's own feature for servers behind a proxy. */
  public enum Forwarding {
    /** Off. */
    IGNORED,
    /** On: from a loopback peer, {@code getRemoteAddr()} is what the header says. */
    REWRITES
  }

  /** Copies the settings. */
  public ServerSpec {
    settings = Map.copyOf(settings);
  }

  /** TLS for the server: its identity, trusting the clients of the authority. */
  public SSLContext sslContext() {
    return pki.sslContext(identity);
  }
}
