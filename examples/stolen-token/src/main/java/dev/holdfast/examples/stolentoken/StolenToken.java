package dev.holdfast.examples.stolentoken;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The demonstration: starts everything, makes every attempt, prints the table. */
public final class StolenToken {

  private final Options options;
  private final PrintStream out;

  StolenToken(Options options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /**
   * Exit status 0 only when every rightful call passed and every theft was refused with the status
   * that was expected; 2 for a wrong argument; otherwise 1.
   */
  @SuppressWarnings("SystemOut") // a program's way to speak to whoever started it
  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try {
      Options options = Options.parse(List.of(args), System.getenv());
      System.exit(new StolenToken(options, out).run().exitStatus());
    } catch (IllegalArgumentException wrong) {
      System.err.println("stolen-token: " + wrong.getMessage());
      System.exit(2);
    }
  }

  /** Makes them all; whatever happens, every process is ended and every key is deleted. */
  Report run() {
    long start = System.nanoTime();
    try (Workplace workplace = Workplace.create()) {
      Report report = attemptAll(workplace);
      report.print(out, options, Duration.ofNanos(System.nanoTime() - start));
      if (report.exitStatus() == 0) {
        workplace.deleteLogs();
      } else {
        out.println("The programs' logs are kept in " + workplace.directory());
      }
      return report;
    }
  }

  private Map<String, String> enforcement(Transmitter transmitter) {
    Map<String, String> settings = new LinkedHashMap<>(transmitter.settings());
    settings.put("holdfast.policy", options.policy());
    return settings;
  }

  private static List<Attempt> revoked(Parts parts, Tokens tokens, Transmitter transmitter) {
    tokens.revokeOpaque(parts);
    return RevocationAttempts.list(parts, tokens, transmitter);
  }

  private Report attemptAll(Workplace workplace) {
    Progress progress = new Progress(out, options.terminal());
    out.println();
    out.println("Starting the programs in " + workplace.directory());
    Identities identities = Identities.create();
    try (Transmitter transmitter = Transmitter.start(identities.pki());
        Parts parts = Parts.start(workplace, identities, enforcement(transmitter), progress)) {
      Tokens tokens = progress.during("tokens, over mutual TLS", () -> Tokens.fetch(parts));
      List<Attempt> attempts = CertificateAttempts.list(parts.identities(), tokens);
      List<Outcome> outcomes = new ArrayList<>();
      if (!parts.tokenBindingApis().isEmpty()) {
        TokenBindingTokens bound =
            progress.during("tokens, over Token Binding", () -> TokenBindingTokens.fetch(parts));
        List<Attempt> overTokenBinding = TokenBindingAttempts.list(parts.identities().pki(), bound);
        outcomes.addAll(
            progress.during(
                overTokenBinding.size() + " attempts with Token Binding, at each API",
                () -> Attempts.make(overTokenBinding, parts.tokenBindingApis())));
      }
      outcomes.addAll(
          progress.during(
              attempts.size() + " attempts, at each API",
              () -> Attempts.make(attempts, parts.apis())));
      DpopTokens proven =
          progress.during("tokens, with DPoP proofs", () -> DpopTokens.fetch(parts));
      List<Attempt> withProofs = DpopAttempts.list(parts.identities().pki(), proven);
      outcomes.addAll(
          progress.during(
              withProofs.size() + " attempts with DPoP, at each API",
              () -> Attempts.make(withProofs, parts.apis())));
      List<Attempt> afterRevocation =
          progress.during("a revocation", () -> revoked(parts, tokens, transmitter));
      outcomes.addAll(
          progress.during(
              afterRevocation.size() + " attempts after it, at each API",
              () -> Attempts.make(afterRevocation, parts.apis())));
      return new Report(outcomes);
    } catch (PartFailedException failed) {
      out.println("FAILED: " + failed.getMessage());
      return new Report(List.of());
    }
  }
}
