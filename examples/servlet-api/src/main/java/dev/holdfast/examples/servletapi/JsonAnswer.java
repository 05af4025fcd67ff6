package dev.holdfast.examples.servletapi;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** A status and a flat JSON object of texts and nulls. */
final class JsonAnswer {

  private static final JsonFactory JSON = new JsonFactory();

  private final int status;
  private final Map<String, @Nullable String> members = new LinkedHashMap<>();

  private JsonAnswer(int status) {
    this.status = status;
  }

  static JsonAnswer of(int status) {
    return new JsonAnswer(status);
  }

  JsonAnswer with(String name, @Nullable String value) {
    members.put(name, value);
    return this;
  }

  void writeTo(HttpServletResponse response) throws IOException {
    response.setStatus(status);
    response.setContentType("application/json");
    response.setHeader("Cache-Control", "no-store");
    try (OutputStream body = response.getOutputStream();
        JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), body)) {
      json.writeStartObject();
      members.forEach(json::writeStringProperty); // a null value is written as null
      json.writeEndObject();
    }
  }
}
