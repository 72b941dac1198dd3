package dev.tursojdbc.storage.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TursoRwLockTest {
  private enum Step {
    LOCK_READ,
    UNLOCK_READ,
    LOCK_WRITE,
    UNLOCK_WRITE,
    UPGRADE,
    DOWNGRADE,
    SET_VALUE
  }

  @Property
  void itBehavesAsACountAWriterAndANumber(@ForAll @Size(max = 60) List<Step> steps) {
    TursoRwLock lock = new TursoRwLock();
    int readers = 0;
    boolean writer = false;
    int value = 0;
    for (Step step : steps) {
      switch (step) {
        case LOCK_READ -> {
          assertThat(lock.tryLockRead()).isEqualTo(!writer);
          readers += writer ? 0 : 1;
        }
        case UNLOCK_READ -> {
          if (readers == 0) {
            assertThatThrownBy(lock::unlockRead).isInstanceOf(IllegalStateException.class);
          } else {
            lock.unlockRead();
            readers--;
          }
        }
        case LOCK_WRITE -> {
          assertThat(lock.tryLockWrite()).isEqualTo(!writer && readers == 0);
          writer |= readers == 0;
        }
        case UNLOCK_WRITE -> {
          if (!writer) {
            assertThatThrownBy(lock::unlockWrite).isInstanceOf(IllegalStateException.class);
          } else {
            lock.unlockWrite();
            writer = false;
          }
        }
        case UPGRADE -> {
          if (readers > 0) {
            assertThat(lock.tryUpgrade()).isEqualTo(readers == 1);
            writer = readers == 1;
            readers = writer ? 0 : readers;
          }
        }
        case DOWNGRADE -> {
          if (!writer) {
            assertThatThrownBy(lock::downgrade).isInstanceOf(IllegalStateException.class);
          } else {
            lock.downgrade();
            writer = false;
            readers = 1;
          }
        }
        case SET_VALUE -> {
          int next = value * 31 - 7;
          if (!writer) {
            assertThatThrownBy(() -> lock.setValue(next)).isInstanceOf(IllegalStateException.class);
          } else {
            lock.setValue(next);
            value = next;
          }
        }
      }
      assertThat(lock.readerCount()).isEqualTo(readers);
      assertThat(lock.isWriteLocked()).isEqualTo(writer);
      assertThat(lock.value()).isEqualTo(value);
    }
  }

  @Test
  void aNumberWithAllBitsSetLeavesTheLockFree() {
    TursoRwLock lock = new TursoRwLock();
    assertThat(lock.tryLockWrite()).isTrue();
    lock.setValue(0xFFFF_FFFF);
    lock.unlockWrite();

    assertThat(lock.value()).isEqualTo(-1);
    assertThat(lock.readerCount()).isZero();
    assertThat(lock.tryLockRead()).isTrue();
    assertThat(lock.value()).isEqualTo(-1);
  }

  @Test
  @Timeout(20)
  void theNumberNeverMovesUnderAReaderAndWritersAreAlone() throws InterruptedException {
    TursoRwLock lock = new TursoRwLock();
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger violations = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      boolean writes = t == 0;
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < 50_000; i++) {
                  if (writes && lock.tryLockWrite()) {
                    violations.addAndGet(inside.get() == 0 ? 0 : 1);
                    lock.setValue(i);
                    lock.unlockWrite();
                  } else if (!writes && lock.tryLockRead()) {
                    inside.incrementAndGet();
                    int seen = lock.value();
                    Thread.onSpinWait();
                    violations.addAndGet(lock.value() == seen ? 0 : 1);
                    inside.decrementAndGet();
                    lock.unlockRead();
                  }
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(violations).hasValue(0);
    assertThat(lock.readerCount()).isZero();
    assertThat(lock.isWriteLocked()).isFalse();
  }
}
