package dev.holdfast.tls;

import dev.holdfast.servlet.exporter.KeyingMaterialExporter;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;

/** Answers what the services know of its request's connection, in hexadecimal. */
final class ExportServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final List<KeyingMaterialExporter> EXPORTERS =
      ServiceLoader.load(KeyingMaterialExporter.class).stream()
          .map(ServiceLoader.Provider::get)
          .toList();

  static ServletContainerInitializer atEkm() {
    return (classes, context) ->
        context.addServlet("export", new ExportServlet()).addMapping("/ekm");
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String known =
        EXPORTERS.stream()
            .map(exporter -> exporter.withoutNegotiation(request))
            .filter(Objects::nonNull)
            .map(HexFormat.of()::formatHex)
            .findFirst()
            .orElse("nothing");
    response.setContentType("text/plain");
    response.getWriter().print(known);
  }
}
