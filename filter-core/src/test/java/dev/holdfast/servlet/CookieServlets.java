package dev.holdfast.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** An application with a session and a cookie of its own, {@code APP}, behind the cookie filter. */
final class CookieServlets implements ServletContainerInitializer {
  private final Consumer<ServletContext> installation;
  private final AtomicInteger reached = new AtomicInteger();
  private final CountDownLatch held = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  /**
   * The application.
   *
   * @param installation what installs the cookie filter
   */
  CookieServlets(Consumer<ServletContext> installation) {
    this.installation = installation;
  }

  int reached() {
    return reached.get();
  }

  /** Until a request for {@code /held} is in the application. */
  void awaitHeld() {
    await(held);
  }

  void release() {
    released.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new IllegalStateException("it did not come");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void onStartup(Set<Class<?>> classes, ServletContext context) {
    installation.accept(context);
    ServletRegistration.Dynamic servlet = context.addServlet("application", new Application());
    servlet.setAsyncSupported(true);
    servlet.addMapping("/*");
  }

  private final class Application extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException {
      reached.incrementAndGet();
      String path =
          request.getDispatcherType() == DispatcherType.INCLUDE
              ? String.valueOf(request.getAttribute("jakarta.servlet.include.path_info"))
              : String.valueOf(request.getPathInfo());
      switch (path) {
        case "/login" -> {
          request.getSession().setAttribute("user", request.getParameter("user"));
          request.changeSessionId();
          response.getWriter().print("welcome");
        }
        case "/new" -> response.getWriter().print(request.getSession().getId());
        case "/enter" -> {
          request.getSession().setAttribute("user", request.getParameter("user"));
          response.getWriter().print(request.getSession().getId());
        }
        case "/again" -> {
          request.getSession().invalidate();
          response.getWriter().print(request.getSession().getId());
        }
        case "/held" -> {
          held.countDown();
          await(released);
          response.getWriter().print(tried(request));
        }
        case "/rename" -> response.getWriter().print(request.changeSessionId());
        case "/logout" -> request.getSession().invalidate();
        case "/reset" -> {
          request.getSession();
          response.reset();
          response.getWriter().print("reset");
        }
        case "/flush" -> {
          request.getSession();
          response.getWriter().print("x".repeat(100_000));
          response.flushBuffer();
        }
        case "/redirect" -> {
          request.getSession();
          response.sendRedirect("/me");
        }
        case "/error" -> response.sendError(ContractServlets.ERROR);
        case "/fail" -> {
          request.getSession();
          response.sendError(500);
        }
        case "/forward" -> request.getRequestDispatcher("/me").forward(request, response);
        case "/across" ->
            request
                .getServletContext()
                .getContext(request.getParameter("context"))
                .getRequestDispatcher(request.getParameter("to"))
                .forward(request, response);
        case "/include" -> {
          String to = request.getParameter("to");
          request.getRequestDispatcher(to == null ? "/me" : to).include(request, response);
        }
        case "/dispatch" -> {
          AsyncContext async = request.startAsync();
          String to = request.getParameter("to");
          new Thread(() -> async.dispatch(to == null ? "/me" : to), "dispatcher").start();
        }
        case "/async" -> async(request.startAsync());
        case "/link" -> {
          request.getSession();
          response.getWriter().print(response.encodeURL("/me"));
        }
        case "/set" -> set(request, response);
        case "/end" -> {
          Cookie ended = new Cookie("APP", "");
          ended.setPath("/");
          ended.setMaxAge(0);
          response.addCookie(ended);
        }
        case "/look", ContractServlets.ERROR_PAGE -> response.getWriter().print(look(request));
        case "/seen" -> response.getWriter().print(seen(request));
        default -> response.getWriter().print(user(request));
      }
    }
  }

  private static void async(AsyncContext async) {
    new Thread(
            () -> {
              HttpServletRequest request = (HttpServletRequest) async.getRequest();
              ServletResponse response = async.getResponse();
              try {
                request.getSession().setAttribute("user", "async");
                response.getWriter().print("done");
              } catch (IOException e) {
                throw new IllegalStateException(e);
              } finally {
                async.complete();
              }
            },
            "asynchronous")
        .start();
  }

  /** What the application gets of a session that another request has made meanwhile. */
  private static String tried(HttpServletRequest request) {
    StringBuilder tried = new StringBuilder(user(request));
    try {
      tried.append(' ').append(request.getSession().getAttribute("user"));
    } catch (IllegalStateException refused) {
      tried.append(" refused");
    }
    try {
      tried.append(' ').append(request.changeSessionId());
    } catch (IllegalStateException refused) {
      tried.append(" refused");
    }
    return tried.toString();
  }

  private static String user(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    return session == null ? "nobody" : String.valueOf(session.getAttribute("user"));
  }

  /** All that a request says about its session. */
  private static String look(HttpServletRequest request) {
    return user(request)
        + (request.getRequestedSessionId() == null ? " no" : " an")
        + " id, "
        + (request.isRequestedSessionIdValid() ? "valid" : "not valid");
  }

  /** Both readings of cookies. */
  private static String seen(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    String names =
        cookies == null
            ? "none"
            : Arrays.stream(cookies).map(Cookie::getName).sorted().collect(Collectors.joining(","));
    String fields =
        Collections.list(request.getHeaders("cookie")).stream()
            .flatMap(field -> Arrays.stream(field.split(";")))
            .map(pair -> pair.trim().split("=", 2)[0])
            .sorted()
            .collect(Collectors.joining(","));
    boolean named =
        Collections.list(request.getHeaderNames()).stream().anyMatch("cookie"::equalsIgnoreCase);
    return names + " " + (named ? fields : "none");
  }

  private static void set(HttpServletRequest request, HttpServletResponse response) {
    String value = request.getParameter("value");
    String named = request.getParameter("name");
    String name = named == null ? "APP" : named;
    switch (request.getParameter("how")) {
      case "cookie" -> {
        Cookie cookie = new Cookie(name, value);
        cookie.setPath("/");
        cookie.setMaxAge(600);
        cookie.setAttribute("SameSite", "Strict");
        response.addCookie(cookie);
      }
      case "setHeader" -> {
        response.addHeader("Set-Cookie", "OTHER=replaced; Path=/");
        response.setHeader(
            "SET-COOKIE", name + "=" + value + "; path=/; max-age=600; samesite=Strict");
      }
      default ->
          response.addHeader(
              "set-cookie", " " + name + " = " + value + " ;Path=/;  Max-Age=600 ;SameSite=Strict");
    }
  }
}
