package dev.holdfast.http.metadata;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an edge writes in answer to a request for the resource's metadata. It is the same for
 * everyone, needs no token, and scripts of every site may read it.
 *
 * @param status the HTTP status
 * @param headers all header fields, by name, in this order
 * @param body ASCII; empty where the method has no body in its answer
 */
public record MetadataAnswer(int status, Map<String, String> headers, String body) {
  private static final int OK = 200;
  private static final int METHOD_NOT_ALLOWED = 405;

  /** Copies the headers. */
  public MetadataAnswer {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /**
   * The document for {@code GET} and {@code HEAD}, and 405 for every other method.
   *
   * @param vary the request's fields that the document depends on; empty: none
   */
  static MetadataAnswer of(String method, String document, String vary) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Access-Control-Allow-Origin", "*");
    headers.put("X-Content-Type-Options", "nosniff");
    if (!method.equals("GET") && !method.equals("HEAD")) {
      headers.put("Allow", "GET, HEAD");
      headers.put("Content-Length", "0");
      return new MetadataAnswer(METHOD_NOT_ALLOWED, headers, "");
    }
    headers.put("Content-Type", "application/json");
    headers.put("Cache-Control", "max-age=60");
    if (!vary.isEmpty()) {
      headers.put("Vary", vary);
    }
    headers.put("Content-Length", String.valueOf(document.length()));
    return new MetadataAnswer(OK, headers, method.equals("HEAD") ? "" : document);
  }
}
