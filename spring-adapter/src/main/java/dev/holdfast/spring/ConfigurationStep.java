package dev.holdfast.spring;

/** A step of configuring Spring Security, which 6.5 declares to throw any exception, and 7 none. */
@FunctionalInterface
interface ConfigurationStep {
  void run() throws Exception;

  /** Takes it; what it throws stays as it is, as long as it is unchecked. */
  static void take(ConfigurationStep step) {
    try {
      step.run();
    } catch (RuntimeException unchecked) {
      throw unchecked;
    } catch (Exception checked) {
      throw new IllegalStateException("the chain cannot be configured", checked);
    }
  }
}
