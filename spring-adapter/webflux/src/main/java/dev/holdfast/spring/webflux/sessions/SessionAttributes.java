package dev.holdfast.spring.webflux.sessions;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A session's attributes, which pass over a login that somebody puts into them. */
final class SessionAttributes extends AbstractMap<String, Object> {
  private final Map<String, Object> attributes;
  private final BiPredicate<String, Object> isLogin;

  /**
   * These attributes.
   *
   * @param isLogin whether a value under a name is a login
   */
  SessionAttributes(Map<String, Object> attributes, BiPredicate<String, Object> isLogin) {
    this.attributes = attributes;
    this.isLogin = isLogin;
  }

  @Override
  public @Nullable Object get(@Nullable Object name) {
    return attributes.get(name);
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return attributes.containsKey(name);
  }

  @Override
  public @Nullable Object remove(@Nullable Object name) {
    return attributes.remove(name);
  }

  @Override
  public @Nullable Object put(String name, Object value) {
    return isLogin.test(name, value) ? attributes.get(name) : attributes.put(name, value);
  }

  /** What changes a value stays one step, as it is in the session's own map. */
  @Override
  public @Nullable Object compute(
      String name, BiFunction<? super String, ? super @Nullable Object, ?> change) {
    return attributes.compute(
        name, (same, before) -> kept(same, before, change.apply(same, before)));
  }

  @Override
  public @Nullable Object computeIfAbsent(String name, Function<? super String, ?> make) {
    return attributes.computeIfAbsent(name, same -> kept(same, null, make.apply(same)));
  }

  @Override
  public @Nullable Object computeIfPresent(
      String name, BiFunction<? super String, ? super Object, ?> change) {
    return attributes.computeIfPresent(
        name, (same, before) -> kept(same, before, change.apply(same, before)));
  }

  @Override
  public @Nullable Object merge(
      String name, Object value, BiFunction<? super Object, ? super Object, ?> change) {
    return attributes.compute(
        name,
        (same, before) -> kept(same, before, before == null ? value : change.apply(before, value)));
  }

  @Override
  public @Nullable Object putIfAbsent(String name, Object value) {
    return isLogin.test(name, value) ? attributes.get(name) : attributes.putIfAbsent(name, value);
  }

  @Override
  public @Nullable Object replace(String name, Object value) {
    return isLogin.test(name, value) ? attributes.get(name) : attributes.replace(name, value);
  }

  @Override
  public boolean replace(String name, Object before, Object value) {
    return !isLogin.test(name, value) && attributes.replace(name, before, value);
  }

  @Override
  public boolean remove(@Nullable Object name, @Nullable Object value) {
    return attributes.remove(name, value);
  }

  private @Nullable Object kept(String name, @Nullable Object before, @Nullable Object value) {
    return value != null && isLogin.test(name, value) ? before : value;
  }

  @Override
  public Set<Map.Entry<String, Object>> entrySet() {
    return new Entries();
  }

  private final class Entries extends AbstractSet<Map.Entry<String, Object>> {
    @Override
    public Iterator<Map.Entry<String, Object>> iterator() {
      Iterator<Map.Entry<String, Object>> all = attributes.entrySet().iterator();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return all.hasNext();
        }

        @Override
        public Map.Entry<String, Object> next() {
          return new Guarded(all.next());
        }

        @Override
        public void remove() {
          all.remove();
        }
      };
    }

    @Override
    public int size() {
      return attributes.size();
    }
  }

  /** An entry takes no login either. */
  private final class Guarded extends SimpleEntry<String, Object> {
    private static final long serialVersionUID = 1L;
    private final transient Map.Entry<String, Object> entry;

    Guarded(Map.Entry<String, Object> entry) {
      super(entry);
      this.entry = entry;
    }

    @Override
    public Object setValue(Object value) {
      return isLogin.test(getKey(), value) ? getValue() : entry.setValue(value);
    }
  }
}
