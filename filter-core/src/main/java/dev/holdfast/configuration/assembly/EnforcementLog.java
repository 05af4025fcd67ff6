package dev.holdfast.configuration.assembly;

import dev.holdfast.AccessToken;
import dev.holdfast.Binding;
import dev.holdfast.Decision;
import dev.holdfast.EnforcementListener;
import dev.holdfast.Proof;
import dev.holdfast.Refusal;
import dev.holdfast.RequestEvidence;
import dev.holdfast.internal.ApplicationLog;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * Writes one line for each refusal to the logger {@code dev.holdfast}: which refusal, the broken
 * rule, method, path, the remote address, issuer, client and subject once the issuer vouches for
 * the token, and the beginning of each key's digest that the caller proved. No header, no query, no
 * token. What {@code report-only} lets pass has the same line with another beginning. Where a proof
 * names another target, the line has the one that was expected and the settings that say it. Where
 * a peer sent what only a trusted proxy is believed in, the line names the header and the peer's
 * address, so that an operator sees which address to trust, or who tries.
 */
final class EnforcementLog implements EnforcementListener {
  private static final int MAX_VALUE = 200;
  private static final int SHOWN_OF_DIGEST = 8;
  private final System.Logger logger = ApplicationLog.named("dev.holdfast");

  @Override
  public void decided(RequestEvidence evidence, Decision decision) {
    if (decision instanceof Decision.Refused refused) {
      Level level = levelOf(refused.refusal());
      if (logger.isLoggable(level)) {
        logger.log(level, "refused: " + describe(evidence, refused));
      }
    } else if (decision instanceof Decision.Allowed allowed
        && allowed.report() != null
        && logger.isLoggable(Level.INFO)) {
      logger.log(
          Level.INFO, "report-only, would be refused: " + describe(evidence, allowed.report()));
    }
  }

  @Override
  public void disbelieved(RequestEvidence evidence, String header, String peer) {
    if (logger.isLoggable(Level.INFO)) {
      String what = "ignored: " + escaped(header) + " from " + escaped(peer);
      logger.log(Level.INFO, what + ", which is no trusted proxy" + describe(evidence));
    }
  }

  private static Level levelOf(Refusal refusal) {
    if (refusal == Refusal.NO_CREDENTIALS) {
      return Level.DEBUG;
    }
    return refusal == Refusal.ISSUER_UNAVAILABLE ? Level.WARNING : Level.INFO;
  }

  /** Where the target is what does not fit: the one that was expected, and what says it. */
  private static String target(RequestEvidence evidence, Decision.Refused refused) {
    boolean isOther = refused.detail().equals(Proof.Rejected.OTHER_TARGET);
    if (!isOther && !refused.detail().equals(Proof.Rejected.UNKNOWN_TARGET)) {
      return "";
    }
    String expected = evidence.targetUri();
    return (expected == null
            ? ", which the proxy does not forward legibly, or whose scheme is the client's word"
                + " alone, or whose dot segments the container did not resolve"
            : ", which is " + escaped(expected))
        + " (proxies.external-uri, proxies.forwarding and proxies.original-uri-header say it)";
  }

  private static String describe(RequestEvidence evidence, Decision.Refused refused) {
    StringBuilder line = new StringBuilder(200);
    line.append(refused.refusal()).append(" (").append(escaped(refused.detail())).append(')');
    line.append(target(evidence, refused));
    line.append(describe(evidence));
    AccessToken token = refused.token();
    if (token != null) {
      line.append(", issuer ").append(escaped(token.issuer()));
      line.append(", client ").append(orUnknown(token.clientId()));
      line.append(", subject ").append(orUnknown(token.subject()));
    }
    for (Binding proven : refused.proven()) {
      line.append(", proven ").append(proven.method().propertyName()).append(' ');
      line.append(proven.digest().toBase64Url(), 0, SHOWN_OF_DIGEST).append("...");
    }
    return line.toString();
  }

  private static String describe(RequestEvidence evidence) {
    return ", "
        + escaped(evidence.httpMethod())
        + ' '
        + escaped(evidence.path())
        + ", from "
        + orUnknown(evidence.remoteAddress());
  }

  private static String orUnknown(@Nullable String value) {
    return value == null ? "unknown" : escaped(value);
  }

  /** Printable ASCII stays; a line break, an escape sequence or a quote cannot forge a line. */
  static String escaped(String value) {
    StringBuilder text = new StringBuilder(value.length() + 2).append('"');
    for (int i = 0; i < Math.min(value.length(), MAX_VALUE); i++) {
      char character = value.charAt(i);
      if (character >= ' ' && character < 127 && character != '"' && character != '\\') {
        text.append(character);
      } else {
        text.append(String.format("\\u%04x", (int) character));
      }
    }
    return text.append(value.length() > MAX_VALUE ? "…\"" : "\"").toString();
  }
}
