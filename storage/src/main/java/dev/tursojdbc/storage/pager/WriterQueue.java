package dev.tursojdbc.storage.pager;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Who of this process writes, and who is next: first come, first served.
 *
 * <p>Nobody waits here while he holds a lock. A connection that found the writer at work queues up,
 * waits, and when it is first and the way is free, tries to write like anybody else; whoever did
 * not queue is refused meanwhile. A place is kept between two waits, so that waiting can be done in
 * slices, but not for long: one who went away must not stop the rest.
 *
 * <p>Writers of other processes are not in the queue; the log's writer lock stands behind it.
 */
final class WriterQueue {
  private static final long PLACE_KEPT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** One that queued up. */
  private static final class Place {
    final Object connection;
    boolean waiting;
    long lastSeen;

    Place(Object connection) {
      this.connection = connection;
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private final Deque<Place> places = new ArrayDeque<>();
  private @Nullable Object writer;

  /** Becomes the writer if nobody is and nobody else is next. */
  boolean tryEnter(Object connection) {
    lock.lock();
    try {
      if (writer != null || !isFirst(connection)) {
        return false;
      }
      writer = connection;
      removePlace(connection);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Ends being the writer. */
  void leave(Object connection) {
    lock.lock();
    try {
      if (writer == connection) {
        writer = null;
        moved.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Gives up a place in the queue. */
  void abandon(Object connection) {
    lock.lock();
    try {
      removePlace(connection);
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until nobody writes and this connection is next.
   *
   * @return false if the time is over or the thread was interrupted
   */
  boolean await(Object connection, long nanos) {
    lock.lock();
    try {
      Place place = placeOf(connection);
      place.waiting = true;
      try {
        return awaitTurn(connection, nanos);
      } finally {
        place.waiting = false;
        place.lastSeen = System.nanoTime();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether a connection waits here, for tests. */
  boolean isQueued(Object connection) {
    lock.lock();
    try {
      return places.stream().anyMatch(place -> place.connection == connection);
    } finally {
      lock.unlock();
    }
  }

  private boolean awaitTurn(Object connection, long nanos) {
    long deadline = System.nanoTime() + nanos;
    while (writer != null || !isFirst(connection)) {
      long remaining = deadline - System.nanoTime();
      if (remaining <= 0) {
        return false;
      }
      try {
        // Woken now and then to see whether the first one went away.
        long woken = moved.awaitNanos(Math.min(remaining, PLACE_KEPT_NANOS));
        assert woken <= PLACE_KEPT_NANOS;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  private boolean isFirst(Object connection) {
    Iterator<Place> iterator = places.iterator();
    while (iterator.hasNext()) {
      Place place = iterator.next();
      if (place.connection == connection) {
        return true;
      }
      if (place.waiting || System.nanoTime() - place.lastSeen < PLACE_KEPT_NANOS) {
        return false;
      }
      iterator.remove();
    }
    return true;
  }

  private Place placeOf(Object connection) {
    for (Place place : places) {
      if (place.connection == connection) {
        return place;
      }
    }
    Place place = new Place(connection);
    places.addLast(place);
    return place;
  }

  private void removePlace(Object connection) {
    places.removeIf(place -> place.connection == connection);
  }
}
