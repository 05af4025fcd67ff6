package dev.holdfast.servlet.registration.container;

import jakarta.servlet.DispatcherType;
import java.util.Set;

/** Hears for which dispatcher types a filter is mapped. */
public interface DispatcherMappings {

  /** The filter is mapped to this path for these. */
  void addPath(String urlPattern, Set<DispatcherType> dispatchers);

  /** The filter is mapped to the servlet with this name for these. */
  void addServlet(String name, Set<DispatcherType> dispatchers);
}
