package dev.holdfast.spring;

import dev.holdfast.spring.held.HeldFilters;
import jakarta.servlet.Filter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Filters that hold another one further away than in a field. */
final class HoldingFilters {
  private HoldingFilters() {}

  private static Filter bearer() {
    return new UnenforcedChains.OwnBearerFilter();
  }

  private static class Plain extends UnseenFilters.Plain {}

  static class InAnOptional extends Plain {
    final Optional<Filter> inner = Optional.of(bearer());
  }

  static class InAReference extends Plain {
    final AtomicReference<Object> inner = new AtomicReference<>(bearer());
  }

  static class InAFuture extends Plain {
    final CompletableFuture<Filter> inner = CompletableFuture.completedFuture(bearer());
  }

  static class InATask extends Plain {
    final FutureTask<Filter> inner = new FutureTask<>(HoldingFilters::bearer);

    InATask() {
      inner.run();
    }
  }

  static class Holder {
    @Nullable Object held;

    Holder(@Nullable Object held) {
      this.held = held;
    }
  }

  static class Inheriting extends Holder {
    Inheriting() {
      super(bearer());
    }
  }

  record Holding(String name, Filter filter) {}

  static class InAHolder extends Plain {
    final Object inner = new Holder(bearer());
  }

  static class InAHoldersParent extends Plain {
    final Object inner = new Inheriting();
  }

  static class InARecord extends Plain {
    final Holding inner = new Holding("one", bearer());
  }

  static class InKeys extends Plain {
    final Map<Filter, String> inner = Map.of(bearer(), "one");
  }

  static class InAListOfLists extends Plain {
    final List<List<Filter>> inner = List.of(List.of(bearer()));
  }

  static class InAMapOfHolders extends Plain {
    final Map<String, Holder> inner = Map.of("one", new Holder(new Holder(bearer())));
  }

  static class InArrays extends Plain {
    final Object[] inner = {new Object[] {"one", bearer()}};
  }

  static class InAStaticField extends Plain {
    static final Filter INNER = bearer();
  }

  static class InheritingAStaticField extends InAStaticField {}

  static class Statically {
    static final List<Filter> INNER = new ArrayList<>(List.of(bearer()));
  }

  static class InAHoldersStaticField extends Plain {
    final Statically inner = new Statically();
  }

  /** It leads to itself, and to the filter all the same. */
  static class InACircle extends Plain {
    final Holder inner = new Holder(null);
    final ArrayDeque<Object> others = new ArrayDeque<>();

    InACircle() {
      inner.held = others;
      others.add(others);
      others.add(this);
      others.add(inner);
      others.add(new Holder(bearer()));
    }
  }

  // ---- what is not found, or must not be touched

  /** Longer than anybody goes. */
  static class TooFarAway extends Plain {
    final Object inner;

    TooFarAway() {
      Object held = bearer();
      for (int i = 0; i <= HeldFilters.MOST_STEPS; i++) {
        held = new Holder(held);
      }
      inner = held;
    }
  }

  /** As far as somebody goes. */
  static class JustNearEnough extends Plain {
    final Object inner;

    JustNearEnough() {
      Object held = bearer();
      for (int i = 0; i < HeldFilters.MOST_STEPS; i++) {
        held = new Holder(held);
      }
      inner = held;
    }
  }

  static class BehindTooMany extends Plain {
    final List<Object> inner = new ArrayList<>();

    BehindTooMany() {
      for (int i = 0; i < HeldFilters.MOST_OBJECTS; i++) {
        inner.add(new Holder(null));
      }
      inner.add(bearer());
    }
  }

  /** Nothing of it may be called. */
  static class Explosive {
    final CompletableFuture<Filter> never = new CompletableFuture<>();
    final CompletableFuture<Filter> failed =
        CompletableFuture.failedFuture(new IllegalStateException("nobody asks"));
    final Optional<Filter> empty = Optional.empty();
    final Map<String, Object> words = new java.util.HashMap<>();

    Explosive() {
      words.put("none", null);
      words.put(null, this);
    }

    @Override
    public boolean equals(Object other) {
      throw new IllegalStateException("nobody asks");
    }

    @Override
    public int hashCode() {
      throw new IllegalStateException("nobody asks");
    }

    @Override
    public String toString() {
      throw new IllegalStateException("nobody asks");
    }
  }

  /** The filter is found although everything else would go off. */
  static class BesideTheExplosive extends Plain {
    static final Explosive EVERYBODYS = new Explosive();
    final Object[] inner = {List.of(new Explosive(), Optional.of(new Holder(this)))};
    final List<Object> last = List.of(new Explosive(), new Holder(bearer()));
  }
}
