package dev.holdfast.jakartarest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** The application of both engines. */
@ApplicationPath("/api")
public final class RestApplication extends Application {
  @Override
  public Set<Class<?>> getClasses() {
    return Set.of(Resources.class, Providers.Before.class, Providers.Teapots.class);
  }
}
