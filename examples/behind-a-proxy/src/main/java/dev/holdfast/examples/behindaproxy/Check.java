package dev.holdfast.examples.behindaproxy;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Sends the forgeries to an API behind somebody's own proxy. The operator gives a client's token,
 * certificate and key; the key makes one rightful call, without which refusals say nothing, and the
 * thief tries with the token and the certificate alone. A forgery that is served says enough.
 *
 * @param target what the token gives access to, by GET
 * @param token the access token
 * @param client the client's TLS, with its key
 * @param thief TLS without a certificate
 * @param forged the client's certificate in every format
 */
record Check(URI target, String token, SSLContext client, SSLContext thief, List<Dialect> forged) {

  private static final Set<String> NAMES =
      Set.of("--token-file", "--certificate", "--key", "--trust", "--header", "--verify");

  static Check parse(List<String> arguments) {
    if (arguments.isEmpty()) {
      throw new IllegalArgumentException("check needs the address of a protected resource");
    }
    URI target = URI.create(arguments.get(0));
    if (!"https".equals(target.getScheme()) || target.getHost() == null) {
      throw new IllegalArgumentException("the address must begin with https://");
    }
    Map<String, String> options = new HashMap<>();
    for (String argument : arguments.subList(1, arguments.size())) {
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      if (!NAMES.contains(name) || equals < 0) {
        throw new IllegalArgumentException("not an option of check: " + name);
      }
      options.put(name, argument.substring(equals + 1));
    }
    PemIdentity identity =
        PemIdentity.read(required(options, "--certificate"), required(options, "--key"));
    String authorities = options.get("--trust");
    @Nullable Path trust = authorities == null ? null : Path.of(authorities);
    return new Check(
        target,
        token(required(options, "--token-file")),
        identity.tls(trust),
        PemIdentity.anonymousTls(trust),
        forged(identity.chain().get(0), options));
  }

  private static Path required(Map<String, String> options, String name) {
    String file = options.get(name);
    if (file == null) {
      throw new IllegalArgumentException("check needs " + name + "=FILE");
    }
    return Path.of(file);
  }

  /** Every format under its own name, or under the one that the operator has given it. */
  private static List<Dialect> forged(X509Certificate certificate, Map<String, String> options) {
    String header = options.get("--header");
    String verify = options.get("--verify");
    List<Field> vouching = verify == null ? List.of() : List.of(field(verify));
    return Dialect.everywhere(certificate).stream()
        .map(dialect -> dialect.under(header, vouching))
        .toList();
  }

  private static Field field(String line) {
    int colon = line.indexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("--verify is a header, such as X-Verified:yes");
    }
    return new Field(line.substring(0, colon), line.substring(colon + 1).strip());
  }

  private static String token(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new IllegalArgumentException("the token's file cannot be read", e);
    }
  }

  /**
   * The forgeries are sent whatever the rightful call gets: a location that forwards no certificate
   * at all refuses the client and serves whoever forges one.
   */
  int run(PrintStream out) {
    Attempt.Outcome control =
        Attempt.served("client", "calls with its key", () -> send(client, List.of())).make();
    Attempt.Outcome alone =
        Attempt.refused("thief", "the token alone", () -> send(thief, List.of())).make();
    List<Attempt.Outcome> outcomes = new ArrayList<>(List.of(control, alone));
    for (Spelling spelling : Spelling.values()) {
      List<Supplier<Answer>> requests = new ArrayList<>();
      for (Dialect dialect : forged) {
        requests.add(() -> send(thief, spelling.write(dialect.fields())));
      }
      outcomes.add(Attempt.allRefused("thief", "headers " + spelling.text(), requests).make());
    }
    Report report = new Report(outcomes);
    report.print(out);
    return verdict(out, control, outcomes.subList(1, outcomes.size()));
  }

  private static int verdict(
      PrintStream out, Attempt.Outcome control, List<Attempt.Outcome> thefts) {
    boolean isServed =
        thefts.stream().flatMap(theft -> theft.answers().stream()).anyMatch(Answer::isServed);
    boolean isRefused = new Report(thefts).isAsExpected();
    if (isServed || (control.isAsExpected() && !isRefused)) {
      out.println(
          "NOT SAFE: a forgery was served, or nobody refused it. See docs/behind-a-proxy.md.");
      return 1;
    }
    if (!control.isAsExpected()) {
      out.println(
          "The rightful call fails: no forgery was served, but nothing can be said about them.");
      return 2;
    }
    out.println("Every forgery was refused.");
    return 0;
  }

  private Answer send(SSLContext tls, List<String> more) {
    List<String> fields = new ArrayList<>(more);
    fields.add(0, "Authorization: Bearer " + token);
    String path = target.getRawPath().isEmpty() ? "/" : target.getRawPath();
    String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
    int port = target.getPort() < 0 ? 443 : target.getPort();
    return RawClient.over(tls).get(target.getHost(), port, path + query, fields);
  }

  @Override
  public String toString() {
    return "Check[" + target.getHost() + "]";
  }
}
