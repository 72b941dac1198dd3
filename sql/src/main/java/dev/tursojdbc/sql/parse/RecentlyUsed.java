package dev.tursojdbc.sql.parse;

import java.util.Iterator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * A map of limited size for many threads. Looking up takes no lock. When the map is full, those go
 * first that nobody asked for since the last time that it was.
 */
public final class RecentlyUsed<K, V> {
  private final ConcurrentMap<K, Place<V>> places = new ConcurrentHashMap<>();
  private final int limit;

  /**
   * @param limit how many entries there may be, but for those that threads add at the same moment
   */
  public RecentlyUsed(int limit) {
    this.limit = limit;
  }

  private static final class Place<V> {
    final V value;

    /** Since the map was full last. A race only makes an entry live longer or shorter. */
    boolean used;

    Place(V value) {
      this.value = value;
    }
  }

  public @Nullable V get(K key) {
    Place<V> place = places.get(key);
    if (place == null) {
      return null;
    }
    if (!place.used) {
      place.used = true;
    }
    return place.value;
  }

  public void put(K key, V value) {
    if (places.size() >= limit) {
      makeRoom();
    }
    places.put(key, new Place<>(value));
  }

  private synchronized void makeRoom() {
    int wanted = limit - limit / 8;
    // In the second round nothing is used, unless others are at it just now.
    for (int round = 0; round < 2; round++) {
      Iterator<Place<V>> iterator = places.values().iterator();
      while (iterator.hasNext() && places.size() > wanted) {
        Place<V> place = iterator.next();
        if (place.used) {
          place.used = false;
        } else {
          iterator.remove();
        }
      }
    }
  }

  public void remove(K key) {
    places.remove(key);
  }

  public void clear() {
    places.clear();
  }
}
