package dev.holdfast.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;

/** A server that runs, with TLS that asks for a client certificate and takes none for an answer. */
interface RunningServer extends AutoCloseable {
  /** A small heap, and no soft reference that outlives a collection. */
  String JVM_OPTIONS =
      "-Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:SoftRefLRUPolicyMSPerMB=0";

  /** The port with TLS. */
  int port();

  /** Its process. */
  ServerProcess process();

  /**
   * Deploys this WAR below {@code /name}, by the means that the server has.
   *
   * @throws NotDeployedException when the server says that the application did not start
   */
  void deploy(String name, Path war) throws IOException;

  /** Undeploys it again. */
  void undeploy(String name) throws IOException;

  @Override
  default void close() {
    process().close();
  }

  /** A port that is free now. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
