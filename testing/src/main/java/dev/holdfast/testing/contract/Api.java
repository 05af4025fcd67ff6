package dev.holdfast.testing.contract;

import dev.holdfast.testing.Identity;
import dev.holdfast.testing.ThrowAwayPki;
import java.net.http.HttpClient.Version;
import javax.net.ssl.SSLContext;

/** A started server together with the three who call it. */
public final class Api {
  private final Server server;
  private final ThrowAwayPki pki;
  private final Caller rightful;
  private final Caller thief;
  private final Caller anonymous;

  Api(Server server, ThrowAwayPki pki, Identity rightful, Identity thief) {
    this.server = server;
    this.pki = pki;
    this.rightful = caller(rightful, Version.HTTP_1_1);
    this.thief = caller(thief, Version.HTTP_1_1);
    this.anonymous = caller(pki.sslContext(), Version.HTTP_1_1);
  }

  /** The one to whose certificate the tokens are issued. */
  public Caller rightful() {
    return rightful;
  }

  /** Someone with a certificate of their own, which the server trusts as well. */
  public Caller thief() {
    return thief;
  }

  /** Someone without a certificate. */
  public Caller anonymous() {
    return anonymous;
  }

  /** A new client, and with it a new connection. */
  Caller caller(Identity identity, Version version) {
    return caller(pki.sslContext(identity), version);
  }

  private Caller caller(SSLContext tls, Version version) {
    return new Caller(tls, server.port(), server.contextPath(), version);
  }

  /** Scheme, host, port and context path, as the callers write them. */
  public String base() {
    return "https://localhost:" + server.port() + server.contextPath();
  }

  /** What stands before the paths of the endpoints: empty at the root. */
  public String contextPath() {
    return server.contextPath();
  }

  /** How many requests reached a protected endpoint. */
  public int reached() {
    return server.reached();
  }
}
