package dev.tursojdbc.tck.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Processes of both engines that commit to one database at once, are killed and replaced, beside
 * shells that vacuum, checkpoint and change the schema. In the end every transaction that a process
 * has reported is there, and the totals are right.
 */
final class SharingStress {
  private static final int MANY = 1_000_000;
  private static final int THREADS = 2;

  private final Path file;
  private final Random random;
  private final boolean hasShell;

  /** The last transaction that each thread of a child has reported. */
  private final Map<Integer, Integer> reported = new ConcurrentHashMap<>();

  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger commits = new AtomicInteger();
  private int nextThread = 1;
  private int kills;
  private int scripts;

  /** A child, and who listens to it. */
  private final class Worker {
    final ChildProcess child;
    final Thread listener;
    volatile boolean killed;

    Worker(String engine) throws IOException {
      String url = "jdbc:" + engine + ":" + file;
      String first = String.valueOf(nextThread);
      nextThread += THREADS;
      child =
          ChildProcess.start(
              CountingChild.class,
              url,
              first,
              String.valueOf(THREADS),
              String.valueOf(MANY),
              String.valueOf(40));
      listener = new Thread(() -> listen(engine));
      listener.start();
    }

    private void listen(String engine) {
      try {
        for (String line = child.readLine(); line != null; line = child.readLine()) {
          String[] words = line.split(" ", 2);
          if (words.length == 2 && Character.isDigit(line.charAt(0))) {
            reported.merge(Integer.valueOf(words[0]), Integer.valueOf(words[1]), Math::max);
            commits.incrementAndGet();
          }
        }
        if (!killed) {
          failures.add("a child on " + engine + " ended by itself");
        }
      } catch (IOException e) {
        failures.add("a child on " + engine + ": " + e);
      }
    }

    void kill() throws InterruptedException {
      killed = true;
      child.kill();
      listener.join();
    }
  }

  SharingStress(Path file, long seed, boolean hasShell) {
    this.file = file;
    this.random = new Random(seed);
    this.hasShell = hasShell;
  }

  /** What came of it, in words. */
  String run(long millis) throws IOException, InterruptedException {
    List<Worker> workers = new ArrayList<>();
    List<String> engines = List.of("turso", "sqlite", "turso");
    for (String engine : engines) {
      workers.add(new Worker(engine));
    }
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (System.nanoTime() < end && failures.isEmpty()) {
      if (hasShell) {
        runScript();
      }
      Thread.sleep(200 + random.nextInt(2000));
      int victim = random.nextInt(workers.size());
      workers.get(victim).kill();
      kills++;
      workers.set(victim, new Worker(engines.get(victim)));
    }
    // Everybody gets the time to commit something before the end.
    Thread.sleep(3_000);
    for (Worker worker : workers) {
      worker.kill();
    }
    assertThat(failures).isEmpty();
    verify("sqlite");
    verify("turso");
    return commits + " commits, " + kills + " kills, " + scripts + " scripts";
  }

  private void runScript() throws IOException, InterruptedException {
    String[] choices = {
      "VACUUM;",
      "CREATE TABLE extra(a, b); INSERT INTO extra SELECT n, filler FROM journal LIMIT 500;"
          + " CREATE INDEX extra_a ON extra(a);",
      "DROP TABLE extra;",
      "PRAGMA wal_checkpoint(TRUNCATE);",
      "PRAGMA wal_checkpoint(PASSIVE);",
      "BEGIN IMMEDIATE; DELETE FROM extra; ROLLBACK;",
      "PRAGMA cache_size=10; BEGIN IMMEDIATE; UPDATE journal SET filler = zeroblob(700); ROLLBACK;"
    };
    Process shell =
        new ProcessBuilder(
                "sqlite3",
                "-batch",
                "-cmd",
                ".timeout 5000",
                file.toString(),
                choices[random.nextInt(choices.length)])
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    boolean dies = random.nextInt(4) == 0;
    if (!shell.waitFor(dies ? random.nextInt(200) : 20_000, TimeUnit.MILLISECONDS)) {
      shell.toHandle().destroyForcibly();
      shell.waitFor();
    }
    scripts++;
  }

  private void verify(String engine) throws IOException, InterruptedException {
    try (ChildProcess child = ChildProcess.sql("jdbc:" + engine + ":" + file)) {
      assertThat(child.run("PRAGMA integrity_check")).isEqualTo("ok");
      assertThat(child.run("SELECT sum(amount) FROM account"))
          .isEqualTo(String.valueOf(CountingChild.SUM));
      assertThat(child.run("SELECT n - (SELECT count(*) FROM journal) FROM counter"))
          .isEqualTo("0");
      assertThat(child.run("SELECT count(*) - count(DISTINCT who || ' ' || n) FROM journal"))
          .isEqualTo("0");
      for (Map.Entry<Integer, Integer> last : reported.entrySet()) {
        String present = child.run("SELECT count(*) FROM journal WHERE who = " + last.getKey());
        // What was committed but not yet reported when the child was killed may be there, too.
        assertThat(Integer.parseInt(present) - last.getValue())
            .as("transactions of %d", last.getKey())
            .isBetween(0, 1);
      }
    }
    assertThat(Files.exists(Path.of(file + "-wal"))).as("log after %s", engine).isFalse();
  }
}
