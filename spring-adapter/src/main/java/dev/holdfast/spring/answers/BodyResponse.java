package dev.holdfast.spring.answers;

import dev.holdfast.ConfirmationMethod;
import dev.holdfast.http.challenge.Challenge;
import dev.holdfast.servlet.ChallengeWriter;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The response as the application's entry point sees it. It may write a body and add header fields;
 * the status, the challenge and whether it is sent are not its own. Nothing reaches the client
 * before {@link #send}.
 */
public final class BodyResponse extends HttpServletResponseWrapper {
  private static final Set<String> NOT_ITS_OWN =
      Stream.concat(
              Stream.of(
                  "www-authenticate",
                  "cache-control",
                  "retry-after",
                  "location",
                  "content-length",
                  "transfer-encoding"),
              ConfirmationMethod.all().stream()
                  .flatMap(method -> method.responseHeaders().stream())
                  .map(name -> name.toLowerCase(Locale.ROOT)))
          .collect(Collectors.toUnmodifiableSet());

  private final Challenge challenge;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private @Nullable PrintWriter writer;
  private @Nullable ServletOutputStream stream;
  private boolean ended;

  public BodyResponse(HttpServletResponse response, Challenge challenge) {
    super(response);
    this.challenge = challenge;
    // at once: an entry point that forwards has the container send what is there
    ChallengeWriter.writeHead(challenge, response);
  }

  /** Writes the challenge, and the body that came with it. */
  public void send() throws IOException {
    if (super.isCommitted()) {
      return;
    }
    if (writer != null) {
      writer.flush();
    }
    HttpServletResponse response = (HttpServletResponse) getResponse();
    ChallengeWriter.write(challenge, response);
    if (body.size() > 0) {
      response.setContentLength(body.size());
      body.writeTo(response.getOutputStream());
    }
  }

  /** Writes the challenge alone. */
  public void sendWithoutBody() {
    super.setContentType(null);
    ChallengeWriter.write(challenge, (HttpServletResponse) getResponse());
  }

  private static boolean isItsOwn(@Nullable String name) {
    return name != null && !NOT_ITS_OWN.contains(name.toLowerCase(Locale.ROOT));
  }

  @Override
  public void setHeader(String name, String value) {
    if (isItsOwn(name)) {
      super.setHeader(name, value);
    }
  }

  @Override
  public void addHeader(String name, String value) {
    if (isItsOwn(name)) {
      super.addHeader(name, value);
    }
  }

  @Override
  public void setIntHeader(String name, int value) {
    setHeader(name, Integer.toString(value));
  }

  @Override
  public void addIntHeader(String name, int value) {
    addHeader(name, Integer.toString(value));
  }

  @Override
  public void setDateHeader(String name, long date) {
    if (isItsOwn(name)) {
      super.setDateHeader(name, date);
    }
  }

  @Override
  public void addDateHeader(String name, long date) {
    if (isItsOwn(name)) {
      super.addDateHeader(name, date);
    }
  }

  @Override
  public void setContentLength(int length) {
    // it is that of the body
  }

  @Override
  public void setContentLengthLong(long length) {
    // it is that of the body
  }

  @Override
  public void setStatus(int status) {
    // it is the challenge's
  }

  @Override
  public int getStatus() {
    return challenge.status();
  }

  @Override
  public void sendError(int status) {
    ended = true; // no error page
  }

  @Override
  public void sendError(int status, String message) {
    ended = true;
  }

  @Override
  public void sendRedirect(String location) {
    ended = true;
  }

  @SuppressWarnings("MissingOverride") // of Servlet 6.1, and nobody's in 6.0
  public void sendRedirect(String location, boolean clearBuffer) {
    ended = true;
  }

  @SuppressWarnings("MissingOverride") // of Servlet 6.1, and nobody's in 6.0
  public void sendRedirect(String location, int status) {
    ended = true;
  }

  @SuppressWarnings("MissingOverride") // of Servlet 6.1, and nobody's in 6.0
  public void sendRedirect(String location, int status, boolean clearBuffer) {
    ended = true;
  }

  @Override
  public void flushBuffer() {
    ended = true;
  }

  @Override
  public boolean isCommitted() {
    return ended || super.isCommitted();
  }

  @Override
  public void reset() {
    resetBuffer();
  }

  @Override
  public void resetBuffer() {
    if (writer != null) {
      writer.flush();
    }
    body.reset();
  }

  @Override
  public PrintWriter getWriter() {
    if (stream != null) {
      throw new IllegalStateException("getOutputStream() was called before");
    }
    if (writer == null) {
      String type = getContentType();
      boolean named = type != null && type.toLowerCase(Locale.ROOT).contains("charset=");
      Charset charset = named ? Charset.forName(getCharacterEncoding()) : StandardCharsets.UTF_8;
      super.setCharacterEncoding(charset.name());
      writer = new PrintWriter(new OutputStreamWriter(body, charset));
    }
    return writer;
  }

  @Override
  public ServletOutputStream getOutputStream() {
    if (writer != null) {
      throw new IllegalStateException("getWriter() was called before");
    }
    if (stream == null) {
      stream = new Kept(body);
    }
    return stream;
  }

  private static final class Kept extends ServletOutputStream {
    private final ByteArrayOutputStream body;

    Kept(ByteArrayOutputStream body) {
      this.body = body;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new IllegalStateException("a refusal is not written asynchronously");
    }

    @Override
    public void write(int octet) {
      body.write(octet);
    }

    @Override
    public void write(byte[] octets, int offset, int length) {
      body.write(octets, offset, length);
    }
  }
}
