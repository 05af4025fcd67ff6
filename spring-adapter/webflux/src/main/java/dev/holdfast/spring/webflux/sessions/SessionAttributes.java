package dev.holdfast.spring.webflux.sessions;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
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
