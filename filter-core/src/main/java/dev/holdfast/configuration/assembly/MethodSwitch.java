package dev.holdfast.configuration.assembly;

import dev.holdfast.ConfirmationMethod;
import dev.holdfast.configuration.InvalidSettingException;

/**
 * The setting that turns a method on, and what a start says where it is named and turned off.
 *
 * @param method which one
 * @param setting its full name
 * @param off the value with which nothing proves the method
 * @param action what to do
 */
record MethodSwitch(ConfirmationMethod method, String setting, String off, String action) {

  /** A method whose evidence comes from a source that has to be set. */
  static MethodSwitch ofSource(ConfirmationMethod method) {
    return new MethodSwitch(
        method,
        "holdfast." + method.propertyName() + ".source",
        "none",
        "Set the source, or do not name the method");
  }

  /** For the named setting, where no mechanism proves the method. */
  InvalidSettingException turnedOff(String naming) {
    return new InvalidSettingException(
        naming, method.propertyName() + " is named, but " + setting + " is " + off, action);
  }
}
