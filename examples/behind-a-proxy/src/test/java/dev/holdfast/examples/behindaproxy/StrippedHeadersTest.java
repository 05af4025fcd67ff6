package dev.holdfast.examples.behindaproxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What arrives at the API of what a client sends: each proxy's configuration, without Holdfast. */
class StrippedHeadersTest {

  private static final String MARK = "FORGED";

  /** What only a proxy may say. */
  private static final List<String> NAMES =
      List.of(
          "Client-Cert",
          "Client-Cert-Chain",
          "X-Client-Cert",
          "X-SSL-Cert",
          "X-SSL-Client-Cert",
          "X-SSL-Client-Verify",
          "X-SSL-Client-Used",
          "X-Forwarded-Client-Cert",
          "X-Forwarded-Tls-Client-Cert",
          "Sec-Provided-Token-Binding-ID",
          "Sec-Referred-Token-Binding-ID",
          "Sec-Other-Token-Binding-ID");

  /** What says where a request came from. */
  private static final List<String> ORIGIN =
      List.of(
          "Forwarded",
          "X-Forwarded-For",
          "X-Forwarded-Host",
          "X-Forwarded-Port",
          "X-Forwarded-Prefix",
          "X-Forwarded-Proto",
          "X-Forwarded-Server",
          "X-Forwarded-Ssl",
          "X-Real-IP");

  @ParameterizedTest
  @EnumSource(Product.class)
  void nothingForgedArrivesAtAnyPortOrPath_T05_T17(Product product) {
    Installed.orSkip(product);
    Identities identities = Identities.create();
    try (Workplace workplace = Workplace.create();
        Recorder recorder = Recorder.start();
        Proxy proxy = Proxy.start(product, identities.pki(), recorder.port(), workplace)) {
      for (String path : List.of("/me", "/public/ping")) {
        for (RawClient client :
            List.of(identities.anonymous(), identities.as(identities.thief()))) {
          check(product, client, proxy.port(), path, recorder);
        }
        check(product, identities.anonymous(), proxy.otherPort(), path, recorder);
      }
    }
  }

  private static void check(
      Product product, RawClient client, int port, String path, Recorder recorder) {
    for (List<String> forged : forgeries()) {
      List<String> fields = new ArrayList<>(forged);
      fields.add("Authorization: Bearer token");
      Answer answer = client.get("localhost", port, path, fields);

      assertThat(answer.status()).as("%s", forged).isEqualTo(200);
      String head = recorder.next();
      assertThat(head).as(path).doesNotContainIgnoringCase(MARK);
      assertThat(Recorder.values(head, "X-Forwarded-For")).containsExactly("127.0.0.1");
      assertThat(Recorder.values(head, "X-Forwarded-Proto")).containsExactly("https");
      assertThat(Recorder.values(head, "X-Forwarded-Host")).containsExactly("localhost:" + port);
      assertThat(Recorder.values(head, "Host")).containsExactly("localhost:" + port);
      assertThat(Recorder.values(head, "Forwarded")).isEmpty();
      assertThat(Recorder.values(head, "Authorization")).containsExactly("Bearer token");
      assertThat(Recorder.values(head, ownHeader(product)).size()).isLessThanOrEqualTo(1);
    }
  }

  private static String ownHeader(Product product) {
    return switch (product) {
      case NGINX -> "X-SSL-Cert";
      case APACHE, HAPROXY -> "X-SSL-Client-Cert";
      case CADDY -> "Client-Cert";
    };
  }

  /** All names at once, in each spelling that a proxy forwards unless it is told otherwise. */
  private static List<List<String>> forgeries() {
    List<String> names = new ArrayList<>(NAMES);
    names.addAll(ORIGIN);
    List<String> twins = NAMES.stream().map(name -> name.replace('-', '_')).toList();
    List<String> listed = new ArrayList<>(lines(names));
    listed.add("Connection: close, " + String.join(", ", names));
    return List.of(
        lines(names),
        lines(names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList()),
        lines(names.stream().flatMap(name -> List.of(name, name).stream()).toList()),
        lines(twins),
        listed);
  }

  private static List<String> lines(List<String> names) {
    return names.stream().map(name -> name + ": " + MARK).toList();
  }

  /** The certificate itself must not fall to a client's Connection; T07. */
  @ParameterizedTest
  @EnumSource(Product.class)
  void theProxysOwnHeadersSurviveTheConnectionHeader_T07(Product product) {
    Installed.orSkip(product);
    Identities identities = Identities.create();
    try (Workplace workplace = Workplace.create();
        Recorder recorder = Recorder.start();
        Proxy proxy = Proxy.start(product, identities.pki(), recorder.port(), workplace)) {
      for (String connection :
          List.of(
              "close", "close, " + ownHeader(product), ownHeader(product), "X-SSL-Client-Verify")) {
        RawClient client = identities.as(identities.rightful());
        List<String> fields = List.of("Connection: " + connection);

        assertThat(client.get("localhost", proxy.port(), "/", fields).status()).isEqualTo(200);
        String head = recorder.next();
        assertThat(Recorder.values(head, ownHeader(product))).hasSize(1);
        assertThat(Recorder.values(head, ownHeader(product)).get(0)).contains("MII");
        if (product != Product.CADDY) {
          assertThat(Recorder.values(head, "X-SSL-Client-Verify"))
              .containsExactly(product == Product.HAPROXY ? "0" : "SUCCESS");
        }
        assertThat(Recorder.values(head, "Connection"))
            .noneMatch(value -> value.toLowerCase(Locale.ROOT).contains("x-ssl"));
      }
    }
  }
}
