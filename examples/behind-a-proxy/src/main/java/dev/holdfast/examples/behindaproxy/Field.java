package dev.holdfast.examples.behindaproxy;

/**
 * A header field.
 *
 * @param name its name
 * @param value its value
 */
record Field(String name, String value) {

  String line() {
    return name + ": " + value;
  }
}
