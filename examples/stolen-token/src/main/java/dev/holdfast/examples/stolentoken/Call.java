package dev.holdfast.examples.stolentoken;

import java.util.ArrayList;
import java.util.List;

/**
 * What somebody sends.
 *
 * @param method the HTTP method
 * @param fields header fields, in order; a name may stand twice
 * @param body the content, empty for none
 */
record Call(String method, List<Field> fields, String body) {

  /**
   * A header field.
   *
   * @param name of the field
   * @param value of the field; never shown
   */
  record Field(String name, String value) {
    @Override
    public String toString() {
      return name;
    }
  }

  static final Call GET = new Call("GET", List.of(), "");

  Call {
    fields = List.copyOf(fields);
  }

  /** The same with one more field. */
  Call with(String name, String value) {
    List<Field> more = new ArrayList<>(fields);
    more.add(new Field(name, value));
    return new Call(method, more, body);
  }

  Call bearing(String token) {
    return with("Authorization", "Bearer " + token);
  }

  /** A post of this content with the same fields. */
  Call post(String content) {
    return new Call("POST", fields, content);
  }

  /** A post of this form with the same fields. */
  Call postForm(String form) {
    return with("Content-Type", "application/x-www-form-urlencoded").post(form);
  }
}
