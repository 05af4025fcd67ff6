package dev.holdfast.internal.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.internal.issuer.connection.Replies;
import dev.holdfast.internal.waiting.Deadline;
import dev.holdfast.internal.waiting.Later;
import dev.holdfast.internal.waiting.OwnThread;
import dev.holdfast.testing.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** C50, C65: nothing is left behind when a client is closed. */
@Tag("verify")
class ClosingTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Those of other clients too. */
  private static Set<Thread> timers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("holdfast-later"))
        .collect(Collectors.toCollection(HashSet::new));
  }

  @Test
  void aTimersThreadIsThereOnlyWhileTasksWait_C65() throws InterruptedException {
    try (Later later = new Later()) {
      AtomicReference<Thread> ran = new AtomicReference<>();
      Future<?> unused1 = later.after(Duration.ofMillis(1), () -> ran.set(Thread.currentThread()));
      assertThat(Await.within(PATIENCE, () -> ran.get() != null)).isTrue();
      ran.get().join(PATIENCE.toMillis());
      assertThat(ran.get().isAlive()).isFalse();
    }
  }

  @Test
  void aTimersThreadEndsWithItAndRunsNothingMore_C65() throws InterruptedException {
    Later later = new Later();
    AtomicReference<Thread> ran = new AtomicReference<>();
    Future<?> unused2 = later.after(Duration.ZERO, () -> ran.set(Thread.currentThread()));
    assertThat(Await.within(PATIENCE, () -> ran.get() != null)).isTrue();
    CompletableFuture<Void> never = new CompletableFuture<>();
    Future<?> unused3 = later.after(Duration.ofHours(1), () -> never.complete(null));
    later.close();
    ran.get().join(PATIENCE.toMillis());
    assertThat(ran.get().isAlive()).isFalse();
    assertThat(later.after(Duration.ZERO, () -> never.complete(null)).isDone()).isFalse();
    assertThat(never).isNotDone();
  }

  @Test
  void noThreadKnowsTheApplicationsLoader_C65() throws Exception {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader application = new URLClassLoader(new URL[0], before);
        Later later = new Later()) {
      Thread.currentThread().setContextClassLoader(application);
      AtomicReference<ClassLoader> timers = new AtomicReference<>();
      AtomicReference<ClassLoader> own = new AtomicReference<>();
      Future<?> unused4 =
          later.after(
              Duration.ZERO, () -> timers.set(Thread.currentThread().getContextClassLoader()));
      OwnThread.EXECUTOR.execute(() -> own.set(Thread.currentThread().getContextClassLoader()));
      assertThat(Await.within(PATIENCE, () -> timers.get() != null && own.get() != null)).isTrue();
      assertThat(timers).hasValue(ClassLoader.getSystemClassLoader());
      assertThat(own).hasValue(ClassLoader.getSystemClassLoader());
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  @Test
  void anExchangeThatIsUnderWayEndsWhenTheClientIsClosed_C65() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      IssuerHttp http = IssuerHttp.of(null, Duration.ofMinutes(5), 100);
      URI uri = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/");
      IssuerCall call = http.get(uri, "application/json");
      CompletableFuture<HttpAnswer> answer =
          CompletableFuture.supplyAsync(
              () -> call.ask(Deadline.in(Duration.ofMinutes(5))), OwnThread.EXECUTOR);
      silent.accept().getInputStream().read();
      http.close();
      assertThat(Await.within(PATIENCE, answer::isDone)).isTrue();
      assertThatThrownBy(answer::join).hasCauseInstanceOf(IssuerUnavailableException.class);
      assertThatThrownBy(() -> call.ask(Deadline.in(PATIENCE)))
          .isInstanceOf(IssuerUnavailableException.class);
    }
  }

  @Test
  void keptConnectionsEndWithTheirClient_C65() throws IOException, InterruptedException {
    try (ScriptedServer server = ScriptedServer.answering(Replies.SPECIMEN)) {
      IssuerHttp http = IssuerHttp.of(null, Duration.ofMinutes(1), 100);
      Set<Thread> ofOthers = timers();
      http.post(server.uri(), null).send(Calls.FORM).join();
      Set<Thread> own = timers();
      own.removeAll(ofOthers);
      assertThat(own).as("the sweep is due").isNotEmpty();
      http.close();
      server.connections.get(0).awaitGone();
      assertThat(Await.within(PATIENCE, () -> own.stream().noneMatch(Thread::isAlive))).isTrue();
    }
  }
}
