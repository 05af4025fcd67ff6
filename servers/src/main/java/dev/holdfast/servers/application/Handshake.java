package dev.holdfast.servers.application;

import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.security.Principal;

/** A WebSocket that says whom the handshake admitted. The container finds it by its annotation. */
@ServerEndpoint("/api/socket")
public final class Handshake {
  /** For the container. */
  public Handshake() {}

  /** Says it at once. */
  @OnOpen
  public void open(Session session) throws IOException {
    Trace.leave();
    Principal principal = session.getUserPrincipal();
    session.getBasicRemote().sendText(principal == null ? "nobody" : principal.getName());
  }
}
