package dev.holdfast.internal.issuer;

import static dev.holdfast.internal.issuer.Calls.answer;
import static dev.holdfast.internal.issuer.Calls.unavailable;
import static dev.holdfast.internal.issuer.connection.Replies.SPECIMEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * {@code allow-plain-http}: the one setting with which a token leaves this machine in the clear.
 */
class PlainHttpTest {
  private static @Nullable InetAddress ofThisMachineAndNotLoopback() throws SocketException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
        .findFirst()
        .orElse(null);
  }

  @Test
  void onlyTheSettingLetsPlainHttpLeaveThisMachine_T101() throws IOException {
    InetAddress address = ofThisMachineAndNotLoopback();
    assumeTrue(address != null, "this machine has loopback addresses only");
    try (ScriptedServer server =
        new ScriptedServer(
            new ServerSocket(0, 10, address),
            exchange -> {
              while (exchange.readRequest()) {
                exchange.write(SPECIMEN);
              }
            })) {
      IssuerHttp strict = IssuerHttp.of(null, Calls.LONG, 100, host -> new InetAddress[] {address});
      URI uri = URI.create("http://localhost:" + server.port() + "/");
      assertThat(unavailable(strict.post(uri, null))).endsWith("IOException");
      assertThat(server.connections).isEmpty();
      URI named = URI.create("http://as.example:" + server.port() + "/");
      assertThat(answer(strict.allowingPlainHttp(true).post(named, null)).status()).isEqualTo(200);
    }
  }
}
