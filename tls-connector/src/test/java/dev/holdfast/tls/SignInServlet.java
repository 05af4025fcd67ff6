package dev.holdfast.tls;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** {@code /login} begins a session for Alice; every other path says whose the session is. */
final class SignInServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final String USER = "user";

  private final AtomicInteger reached = new AtomicInteger();

  /** How many requests came to the application. */
  int reached() {
    return reached.get();
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    reached.incrementAndGet();
    if (request.getServletPath().equals("/login")) {
      request.getSession().setAttribute(USER, "alice");
    }
    HttpSession session = request.getSession(false);
    response.setContentType("text/plain");
    response.getWriter().print(session == null ? "nobody" : session.getAttribute(USER));
  }
}
