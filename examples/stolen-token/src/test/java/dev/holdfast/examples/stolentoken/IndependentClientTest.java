package dev.holdfast.examples.stolentoken;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.examples.stolentoken.Node.Ended;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Clients that share no code with Holdfast, on Node.js, get DPoP-bound tokens and call both APIs,
 * which demand nonces: {@code oauth4webapi} in {@code src/test/node/client.mjs}, and {@code
 * @atproto/oauth-client} and {@code dpop} in {@code others.mjs}.
 */
@Tag("whole")
class IndependentClientTest {

  private static final int STEPS = 6;
  private static final int OTHER_CLIENTS = 3;

  @Test
  void itMakesTheNonceRoundTripAndItsReplaysAreRefused() throws Exception {
    Node node = Node.installedOrSkip();
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Identities identities = Identities.create();
    try (Workplace workplace = Workplace.create();
        Parts parts =
            Parts.start(
                workplace,
                identities,
                Map.of("holdfast.dpop.nonce", "always"),
                new Progress(nowhere, false))) {
      Path authority = identities.pki().writeTrustedCertificates(workplace.file("authority.crt"));

      Map<String, String> environment =
          Map.of(
              "NODE_EXTRA_CA_CERTS", authority.toString(),
              "ISSUER", parts.issuer(),
              "CLIENT_ID", "dpop-app",
              "CLIENT_SECRET", parts.secrets().dpopApp(),
              "APIS",
                  parts.apis().stream()
                      .map(api -> api.uri("").toString())
                      .collect(Collectors.joining(" ")));

      Ended client = node.run(environment, "node", "client.mjs");

      assertThat(client.status()).as(client.output()).isZero();
      for (Api api : parts.apis()) {
        for (String algorithm : new String[] {"ES256", "PS256"}) {
          assertThat(client.output().lines())
              .filteredOn(line -> line.startsWith(api.uri("") + " " + algorithm + ": "))
              .as(client.output())
              .hasSize(STEPS);
        }
      }
      assertOthersAreServed_C34(node.run(environment, "node", "others.mjs"), parts);
      workplace.deleteLogs();
    }
  }

  private static void assertOthersAreServed_C34(Ended others, Parts parts) {
    assertThat(others.status()).as(others.output()).isZero();
    for (Api api : parts.apis()) {
      assertThat(others.output().lines())
          .filteredOn(line -> line.startsWith(api.uri("") + " "))
          .as(others.output())
          .hasSize(OTHER_CLIENTS);
    }
  }
}
