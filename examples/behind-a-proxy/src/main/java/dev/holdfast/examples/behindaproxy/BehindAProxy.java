package dev.holdfast.examples.behindaproxy;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The program: {@code nginx}, {@code apache}, {@code haproxy}, {@code caddy} or {@code all} starts
 * proxies and an API and shows who gets through; {@code check} sends the forgeries to an API of
 * one's own.
 *
 * <p>Exit status 0: everything went as it must; 1: something did not; 2: it could not be tried.
 */
public final class BehindAProxy {

  private static final String USAGE =
      """
      behind-a-proxy nginx|apache|haproxy|caddy|all
      behind-a-proxy check URL --token-file=FILE --certificate=FILE --key=FILE [--trust=FILE]
            [--header=NAME] [--verify=NAME:VALUE]
      """;

  private BehindAProxy() {}

  /** Runs it. */
  public static void main(String[] args) {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    System.exit(run(List.of(args), out));
  }

  static int run(List<String> arguments, PrintStream out) {
    try {
      if (!arguments.isEmpty() && arguments.get(0).equals("check")) {
        return Check.parse(arguments.subList(1, arguments.size())).run(out);
      }
      if (arguments.size() == 1) {
        List<Product> products = products(arguments.get(0));
        if (!products.isEmpty()) {
          boolean expected = true;
          for (Product product : products) {
            expected &= tryBehind(product, out).isAsExpected();
          }
          return expected ? 0 : 1;
        }
      }
      out.print(USAGE);
    } catch (PartFailedException | IllegalArgumentException failed) {
      out.println("behind-a-proxy: " + failed.getMessage());
    }
    return 2;
  }

  private static List<Product> products(String argument) {
    return argument.equals("all")
        ? List.of(Product.values())
        : Product.named(argument).stream().toList();
  }

  private static Report tryBehind(Product product, PrintStream out) {
    out.println();
    out.println(product.title() + ": starting it, an API and an issuer");
    try (RunningServers servers = RunningServers.start(product)) {
      Report report = new Report(ProxyAttempts.list(servers).stream().map(Attempt::make).toList());
      report.print(out);
      out.println(
          report.isAsExpected()
              ? product.title() + ": the client passed, and nobody else"
              : product.title() + ": NOT as it must be");
      return report;
    }
  }
}
