package dev.holdfast.examples.servletapi;

import dev.holdfast.AccessToken;
import dev.holdfast.Binding;
import dev.holdfast.servlet.exporter.HoldfastAttributes;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;

/** Answers who is calling: what the filter has found out, and nothing from the token itself. */
abstract sealed class CallerServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  /** {@code GET /me}: 200. */
  static final class Me extends CallerServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      answer(request, response, HttpServletResponse.SC_OK);
    }
  }

  /** {@code POST /payments}: 201, and no money moves. */
  static final class Payments extends CallerServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      answer(request, response, HttpServletResponse.SC_CREATED);
    }
  }

  /** A request without the filter's attribute did not come through the filter: never served. */
  private static void answer(HttpServletRequest request, HttpServletResponse response, int status)
      throws IOException {
    AccessToken token =
        (AccessToken) Objects.requireNonNull(request.getAttribute(HoldfastAttributes.ACCESS_TOKEN));
    Binding binding = (Binding) request.getAttribute(HoldfastAttributes.BINDING);
    JsonAnswer.of(status)
        .with("subject", token.subject())
        .with("issuer", token.issuer())
        .with("client", token.clientId())
        .with("binding", binding == null ? "none" : binding.method().propertyName())
        .with("thumbprint", binding == null ? null : binding.digest().toBase64Url())
        .writeTo(response);
  }
}
