package dev.holdfast.spring.webflux;

import java.util.concurrent.ThreadPoolExecutor;
import reactor.blockhound.BlockHound;

/** Watches the event loops of this JVM: whoever blocks one gets an error. */
final class EventLoops {
  private static boolean watched;

  private EventLoops() {}

  static synchronized void watch() {
    if (!watched) {
      watched = true;
      BlockHound.install(
          builder ->
              builder
                  .allowBlockingCallsInside(ThreadPoolExecutor.class.getName(), "getTask")
                  // the kernel's random numbers: a file, and nobody waits for it
                  .allowBlockingCallsInside("sun.security.provider.NativePRNG", "engineNextBytes"));
    }
  }
}
