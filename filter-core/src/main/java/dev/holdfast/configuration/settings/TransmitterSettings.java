package dev.holdfast.configuration.settings;

import dev.holdfast.configuration.Setting;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code events.transmitters[]}: who sends security events about its own subjects. If its issuer is
 * one of tokens.issuers, trusted-certificates and allow-plain-http of that entry hold here, too.
 *
 * @param issuer iss of its events, and of the tokens that they revoke
 * @param audiences one must be in aud of its events: this receiver, as the transmitter knows it;
 *     for logout tokens the client's identifier
 * @param jwkSetUri its keys; default: found in its Shared Signals configuration, or discovered as
 *     an issuer's
 * @param pushAuthorization the whole Authorization field with which it pushes, such as Bearer and a
 *     random text; default: its signature is enough; logout tokens come without
 * @param pollUri where its events are asked for (RFC 8936); default: it pushes
 * @param pollAuthorization the whole Authorization field with which it is polled; default: none
 */
public record TransmitterSettings(
    String issuer,
    Set<String> audiences,
    @Setting @Nullable String jwkSetUri,
    @Setting @Nullable String pushAuthorization,
    @Setting @Nullable String pollUri,
    @Setting @Nullable String pollAuthorization) {

  /** Copies the audiences. */
  public TransmitterSettings {
    audiences = Set.copyOf(audiences);
  }

  /** A transmitter whose keys are discovered, and whose signature is enough. */
  public static TransmitterSettings of(String issuer, String... audiences) {
    return new TransmitterSettings(issuer, Set.of(audiences), null, null, null, null);
  }

  /** The same, which pushes with this Authorization field. */
  public TransmitterSettings withPushAuthorization(String field) {
    return new TransmitterSettings(issuer, audiences, jwkSetUri, field, pollUri, pollAuthorization);
  }

  /** The same, which is polled at this address with this Authorization field. */
  public TransmitterSettings withPoll(String uri, @Nullable String field) {
    return new TransmitterSettings(issuer, audiences, jwkSetUri, pushAuthorization, uri, field);
  }

  /** Nothing of the secret. */
  @Override
  public String toString() {
    return "TransmitterSettings[" + issuer + ", " + audiences + "]";
  }
}
