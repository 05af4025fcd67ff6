package dev.holdfast.configuration.settings;

import dev.holdfast.configuration.RecordReader;
import dev.holdfast.configuration.Setting;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code events}: security events that revoke tokens before they expire (RFC 8417).
 *
 * @param path where transmitters push security event tokens (RFC 8935) and OpenID providers send
 *     logout tokens, below the application's own path, such as /events; default: nowhere
 * @param transmitters whose events are taken
 */
public record EventSettings(
    @Setting @Nullable String path, List<TransmitterSettings> transmitters) {

  /** Copies the list. */
  public EventSettings {
    transmitters = List.copyOf(transmitters);
  }

  /** No event is taken. */
  public static EventSettings none() {
    return RecordReader.defaults(EventSettings.class);
  }

  /** Events of these transmitters, pushed to this path. */
  public static EventSettings of(String path, TransmitterSettings... transmitters) {
    return new EventSettings(path, List.of(transmitters));
  }
}
