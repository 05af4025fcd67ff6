package dev.holdfast.servers.application;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** Leaves the trace of an application that has no WebSocket to do it. */
@WebListener
public final class Start implements ServletContextListener {
  /** For the container. */
  public Start() {}

  @Override
  public void contextInitialized(ServletContextEvent event) {
    Trace.leave();
  }
}
