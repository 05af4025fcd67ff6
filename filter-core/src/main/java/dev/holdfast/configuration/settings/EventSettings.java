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
 * @param store where it is remembered what is revoked, also by TokenEviction; default: redis where
 *     Holdfast has one, and else local
 * @param transmitters whose events are taken
 */
public record EventSettings(
    @Setting @Nullable String path,
    @Setting @Nullable Store store,
    List<TransmitterSettings> transmitters) {

  /** Where it is remembered what is revoked. */
  public enum Store {
    /** In the memory of each node, which is told of nothing by the others. */
    LOCAL,
    /** In the memory of each node, which learns from Redis or Valkey what all of them revoke. */
    REDIS
  }

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
    return new EventSettings(path, null, List.of(transmitters));
  }

  /** The same with this store. */
  public EventSettings with(Store other) {
    return new EventSettings(path, other, transmitters);
  }

  /** Whether somebody's events are taken. */
  public boolean isUsed() {
    return path != null || !transmitters.isEmpty();
  }
}
