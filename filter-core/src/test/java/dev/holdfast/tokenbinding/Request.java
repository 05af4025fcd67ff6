package dev.holdfast.tokenbinding;

import dev.holdfast.ExportedKeyingMaterial;
import dev.holdfast.PlainRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A request made by hand. */
public record Request(
    ExportedKeyingMaterial exportedKeyingMaterial,
    boolean fromTrustedProxy,
    Map<String, List<String>> fields)
    implements PlainRequest {

  /** On a connection with this keying material, or on one without any. */
  public static Request on(ExportedKeyingMaterial connection) {
    return new Request(connection, false, Map.of());
  }

  public static Request fromProxy() {
    return new Request(null, true, Map.of());
  }

  static Request fromStranger() {
    return on(null);
  }

  public Request with(String name, String... values) {
    Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(fields);
    List<String> lines = new ArrayList<>(headers(name));
    lines.addAll(List.of(values));
    all.put(name, lines);
    return new Request(exportedKeyingMaterial, fromTrustedProxy, all);
  }

  public Request message(String... values) {
    return with("Sec-Token-Binding", values);
  }

  public Request provided(String... values) {
    return with("Sec-Provided-Token-Binding-ID", values);
  }

  Request referred(String... values) {
    return with("Sec-Referred-Token-Binding-ID", values);
  }

  Request other(String... values) {
    return with("Sec-Other-Token-Binding-ID", values);
  }

  @Override
  public List<String> headers(String name) {
    return fields.getOrDefault(name, List.of());
  }
}
