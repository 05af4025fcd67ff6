package dev.holdfast.examples.behindaproxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command for operators, against HAProxy as it should be and with a common mistake. */
@Tag("whole")
class CheckTest {

  @TempDir static Path files;

  static @Nullable RunningServers servers;

  @BeforeAll
  static void start() throws IOException {
    Installed.orSkip(Product.HAPROXY);
    servers = RunningServers.start(Product.HAPROXY);
    Identities identities = servers().identities();
    identities.rightful().writeCertificateChain(files.resolve("client.crt"));
    identities.rightful().writePrivateKey(files.resolve("client.key"));
    identities.thief().writeCertificateChain(files.resolve("thief.crt"));
    identities.thief().writePrivateKey(files.resolve("thief.key"));
    identities.pki().writeTrustedCertificates(files.resolve("ca.crt"));
    String token =
        servers().tokenOf(identities.rightful()).substring("Authorization: Bearer ".length());
    Files.writeString(files.resolve("token"), token + "\n");
  }

  @AfterAll
  static void stop() {
    if (servers != null) {
      servers.close();
    }
  }

  private static RunningServers servers() {
    if (servers == null) {
      throw new IllegalStateException("not started");
    }
    return servers;
  }

  @Test
  void aProxyThatSetsItsHeadersAlwaysPasses() {
    Result result = check(servers().proxy().port(), "client");

    assertThat(result.text()).contains("Every forgery was refused").doesNotContain("✗");
    assertThat(result.status()).isZero();
  }

  @Test
  void aProxyThatSetsItsHeadersOnlyWhenThereIsACertificateIsNotSafe() {
    String mistaken =
        Proxy.configuration(Product.HAPROXY)
            .replaceAll("(http-request set-header X-SSL.*)", "$1 if { ssl_c_used 1 }")
            .replaceAll("http-request del-header x-ssl.*", "");
    try (Workplace workplace = Workplace.create();
        Proxy proxy =
            Proxy.start(
                Product.HAPROXY,
                mistaken,
                servers().identities().pki(),
                servers().api().port(),
                workplace)) {
      Result result = checkOnly("haproxy", proxy.port());

      assertThat(result.text()).contains("NOT SAFE");
      assertThat(result.status()).isEqualTo(1);
    }
  }

  /**
   * A proxy that adds the certificate when there is one, and lets the client's own header through:
   * what no vendor of a cloud says that his does not.
   */
  @Test
  void aForgeryInACloudsFormatIsNotSafe() {
    String mistaken =
        Proxy.configuration(Product.HAPROXY)
            .replaceFirst(
                "(?m)^    http-request set-header X-SSL-Client-Cert .*$",
                "    http-request set-header X-ARR-ClientCert %[ssl_c_der,base64]"
                    + " if { ssl_c_used 1 }");
    Identities identities = servers().identities();
    try (Workplace workplace = Workplace.create();
        Api api =
            Api.start(
                Product.HAPROXY,
                servers().issuer(),
                identities.pki(),
                workplace,
                Map.of("holdfast.certificate.header.format", "azure-app-service"));
        Proxy proxy =
            Proxy.start(Product.HAPROXY, mistaken, identities.pki(), api.port(), workplace)) {
      Result result = checkOnly("azure-app-service", proxy.port());

      assertThat(result.text()).contains("NOT SAFE");
      assertThat(result.status()).isEqualTo(1);
    }
  }

  @Test
  void everyFormatIsForgedUnderTheNamesThatTheApiReads() {
    List<Dialect> own = Dialect.everywhere(servers().identities().rightful().certificate());
    assertThat(parse(1, "client").forged()).isEqualTo(own);

    List<Dialect> named =
        parse(1, "client", "--header=X-Own-Cert", "--verify=X-Own-Verify: yes").forged();
    assertThat(named).hasSameSizeAs(own);
    assertThat(named)
        .allSatisfy(
            dialect -> {
              assertThat(dialect.fields().get(0).name()).isEqualTo("X-Own-Cert");
              assertThat(dialect.fields()).contains(new Field("X-Own-Verify", "yes"));
            });
  }

  /**
   * As a location of nginx does that has a proxy_set_header of its own, and so none of the others.
   */
  @Test
  void aForgeryThatIsServedIsNotSafeWhateverTheClientGets_C68() {
    String mistaken =
        Proxy.configuration(Product.HAPROXY)
            .replaceAll("(?m)^    http-request (set|del)-header .*$", "");
    try (Workplace workplace = Workplace.create();
        Proxy proxy =
            Proxy.start(
                Product.HAPROXY,
                mistaken,
                servers().identities().pki(),
                servers().api().port(),
                workplace)) {
      Result result = checkOnly("haproxy", proxy.port());

      assertThat(result.text()).contains("calls with its key").contains("must be SERVED");
      assertThat(result.text()).contains("NOT SAFE");
      assertThat(result.status()).isEqualTo(1);
    }
  }

  @Test
  void nginxsLocationThatLostItsLinesIsNotSafe_C68() {
    Installed.orSkip(Product.NGINX);
    String mistaken =
        Proxy.configuration(Product.NGINX)
            .replaceAll(
                "(?m)^( *)proxy_pass (.*)$",
                "$1proxy_set_header X-Request-Id \\$request_id;\n$1proxy_pass $2");
    Identities identities = servers().identities();
    try (Workplace workplace = Workplace.create();
        Api api =
            Api.start(Product.NGINX, servers().issuer(), identities.pki(), workplace, Map.of());
        Proxy proxy =
            Proxy.start(Product.NGINX, mistaken, identities.pki(), api.port(), workplace)) {
      Result result = checkOnly("nginx", proxy.port());

      assertThat(result.text()).contains("NOT SAFE");
      assertThat(result.status()).isEqualTo(1);
    }
  }

  @Test
  void withoutARightfulCallNothingIsSaid() {
    Result result = check(servers().proxy().port(), "thief");

    assertThat(result.text()).contains("nothing can be said");
    assertThat(result.status()).isEqualTo(2);
  }

  @Test
  void aWrongArgumentIsExplained() {
    assertThat(run(List.of("squid")).text()).contains("nginx|apache|haproxy|caddy|all");
    assertThat(run(List.of("squid")).status()).isEqualTo(2);
    assertThat(run(List.of("check")).text()).contains("the address");
    assertThat(run(List.of("check", "http://localhost/")).text()).contains("https://");
    assertThat(run(List.of("check", "https://localhost/")).text()).contains("--certificate=FILE");
    assertThat(run(List.of("check", "https://localhost/", "--x")).text()).contains("--x");
    assertThat(check(1, "client", "--verify=yes").text()).contains("--verify is a header");
  }

  private static List<String> arguments(int port, String who, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "https://localhost:" + port + "/me",
                "--token-file=" + files.resolve("token"),
                "--certificate=" + files.resolve(who + ".crt"),
                "--key=" + files.resolve(who + ".key"),
                "--trust=" + files.resolve("ca.crt")));
    arguments.addAll(List.of(more));
    return arguments;
  }

  private static Check parse(int port, String who, String... more) {
    return Check.parse(arguments(port, who, more));
  }

  private static Result check(int port, String who, String... more) {
    List<String> arguments = arguments(port, who, more);
    arguments.add(0, "check");
    return run(arguments);
  }

  /** The forgeries of one format, for the others take time. */
  private static Result checkOnly(String format, int port) {
    Check all = parse(port, "client");
    List<Dialect> one =
        all.forged().stream().filter(dialect -> dialect.name().equals(format)).toList();
    assertThat(one).isNotEmpty();
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    int status =
        new Check(all.target(), all.token(), all.client(), all.thief(), one)
            .run(new PrintStream(text, true, StandardCharsets.UTF_8));
    return new Result(status, text.toString(StandardCharsets.UTF_8));
  }

  private static Result run(List<String> arguments) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    int status = BehindAProxy.run(arguments, new PrintStream(text, true, StandardCharsets.UTF_8));
    return new Result(status, text.toString(StandardCharsets.UTF_8));
  }

  private record Result(int status, String text) {}
}
