package dev.holdfast.internal.waiting;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Gives each task a thread of its own: a virtual one where the JDK has them (21), else a daemon. It
 * is for what may block and is rare, or for what a virtual thread wants done. No such thread keeps
 * the class loader of the application that it works for.
 */
public final class OwnThread {
  /** Starts the thread. */
  public static final Executor EXECUTOR = OwnThread::start;

  private static final int FIRST_WITH_VIRTUAL_THREADS = 21;
  private static final @Nullable MethodHandle START_VIRTUAL;
  private static final @Nullable MethodHandle IS_VIRTUAL;

  static {
    MethodHandle start = null;
    MethodHandle isVirtual = null;
    if (Runtime.version().feature() >= FIRST_WITH_VIRTUAL_THREADS) {
      try {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        start =
            lookup.findStatic(
                Thread.class,
                "startVirtualThread",
                MethodType.methodType(Thread.class, Runnable.class));
        isVirtual =
            lookup.findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class));
      } catch (NoSuchMethodException | IllegalAccessException e) {
        throw new ExceptionInInitializerError(e);
      }
    }
    START_VIRTUAL = start;
    IS_VIRTUAL = isVirtual;
  }

  private OwnThread() {}

  private static void start(Runnable task) {
    if (START_VIRTUAL == null) {
      platform(task, "holdfast-issuer").start();
      return;
    }
    Runnable detached = () -> run(task);
    try {
      Thread started = (Thread) START_VIRTUAL.invokeExact(detached);
      assert started != null;
    } catch (Throwable e) {
      throw asUnchecked(e);
    }
  }

  /** A virtual thread takes over its maker's class loader, which may be an application's. */
  private static void run(Runnable task) {
    Thread.currentThread().setContextClassLoader(ClassLoader.getSystemClassLoader());
    task.run();
  }

  /** A daemon that is not started yet and that knows nothing of the application that makes it. */
  static Thread platform(Runnable task, String name) {
    Thread thread = new Thread(null, task, name, 0, /* inheritThreadLocals= */ false);
    thread.setDaemon(true);
    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    return thread;
  }

  /** Whether the caller runs on a virtual thread, whose sockets an interrupt closes. */
  public static boolean callerIsVirtual() {
    if (IS_VIRTUAL == null) {
      return false;
    }
    try {
      return (boolean) IS_VIRTUAL.invokeExact(Thread.currentThread());
    } catch (Throwable e) {
      throw asUnchecked(e);
    }
  }

  private static RuntimeException asUnchecked(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return new IllegalStateException(thrown);
  }
}
