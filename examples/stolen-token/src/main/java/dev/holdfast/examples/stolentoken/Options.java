package dev.holdfast.examples.stolentoken;

import java.util.List;
import java.util.Map;

/**
 * The arguments.
 *
 * @param terminal {@code --terminal}: a person watches, so lines may be drawn over
 * @param colours on a terminal, unless the environment has {@code NO_COLOR}
 * @param columns {@code --columns=132}: the width of the table
 * @param policy {@code --policy=required}: the APIs' policy; another one shows what a table looks
 *     like when thefts succeed
 */
record Options(boolean terminal, boolean colours, int columns, String policy) {

  private static final int NARROWEST = 100;
  private static final int WIDEST = 160;

  static Options parse(List<String> arguments, Map<String, String> environment) {
    boolean terminal = false;
    int columns = 132;
    String policy = "required";
    for (String argument : arguments) {
      if (argument.equals("--terminal")) {
        terminal = true;
      } else if (argument.matches("--columns=\\d{1,4}")) {
        columns = Integer.parseInt(argument.substring("--columns=".length()));
      } else if (argument.matches("--policy=[a-z-]+")) {
        policy = argument.substring("--policy=".length());
      } else {
        throw new IllegalArgumentException(
            "the arguments are --terminal and --columns=NUMBER, not \"" + argument + "\"");
      }
    }
    boolean colours = terminal && environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Options(terminal, colours, Math.min(WIDEST, Math.max(NARROWEST, columns)), policy);
  }
}
