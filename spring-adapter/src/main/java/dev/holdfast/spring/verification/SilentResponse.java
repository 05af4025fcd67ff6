package dev.holdfast.spring.verification;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.PrintWriter;
import java.io.Writer;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A response that nobody receives: every write is forgotten, every question gets the answer of an
 * untouched response. It has no state, so that one serves all requests.
 */
final class SilentResponse {
  static final HttpServletResponse INSTANCE =
      (HttpServletResponse)
          Proxy.newProxyInstance(
              SilentResponse.class.getClassLoader(),
              new Class<?>[] {HttpServletResponse.class},
              (proxy, method, arguments) -> answer(proxy, method, arguments));

  private SilentResponse() {}

  private static @Nullable Object answer(
      Object proxy, Method method, Object @Nullable [] arguments) {
    Class<?> type = method.getReturnType();
    if (method.getName().equals("equals") && arguments != null) {
      return arguments[0] == proxy;
    }
    if (method.getName().equals("getStatus")) {
      return HttpServletResponse.SC_OK;
    }
    if (type == boolean.class) {
      return false;
    }
    if (type == int.class) {
      return 0;
    }
    if (method.getName().startsWith("encode") && arguments != null) {
      return arguments[0];
    }
    if (type == ServletOutputStream.class) {
      return new Sink();
    }
    if (type == PrintWriter.class) {
      return new PrintWriter(Writer.nullWriter());
    }
    if (type == Collection.class) {
      return List.of();
    }
    if (type == Locale.class) {
      return Locale.ROOT;
    }
    return method.getName().equals("toString") ? "SilentResponse" : null;
  }

  private static final class Sink extends ServletOutputStream {
    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new IllegalStateException("nothing is written while a token is verified");
    }

    @Override
    public void write(int octet) {
      // forgotten
    }
  }
}
