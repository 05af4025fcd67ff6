package dev.holdfast.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** The arguments of a test that is run for every combination of some values. */
public final class Combinations {
  private Combinations() {}

  /** Of each array one value, in the arrays' order; the last array's values change fastest. */
  public static Stream<Arguments> of(Object[]... choices) {
    Stream<List<Object>> all = Stream.of(List.of());
    for (Object[] choice : choices) {
      all = all.flatMap(some -> Stream.of(choice).map(one -> with(some, one)));
    }
    return all.map(values -> Arguments.of(values.toArray()));
  }

  private static List<Object> with(List<Object> some, Object one) {
    List<Object> more = new ArrayList<>(some);
    more.add(one);
    return more;
  }
}
