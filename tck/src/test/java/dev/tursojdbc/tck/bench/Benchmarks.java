package dev.tursojdbc.tck.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs each workload on both engines, in JVMs of their own that take turns, and prints the medians
 * and their ratio: {@code Benchmarks [rounds] [part of a workload's name ...]}. Parts may also be
 * in the system property {@code bench.parts}, with commas between them.
 *
 * <p>A child JVM runs the workloads of one engine once each, after a warm-up; the median is over
 * the children. Above 1 in the last column, we are faster.
 */
public final class Benchmarks {
  private static final int DEFAULT_ROUNDS = 3;

  private Benchmarks() {}

  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : DEFAULT_ROUNDS;
    List<String> parts = new ArrayList<>();
    parts.addAll(List.of(arguments).subList(Math.min(1, arguments.length), arguments.length));
    Stream.of(System.getProperty("bench.parts", "").split(",", -1))
        .filter(part -> !part.isBlank())
        .forEach(parts::add);
    Map<String, List<Double>> turso = new LinkedHashMap<>();
    Map<String, List<Double>> sqlite = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      runChild("jdbc:sqlite:", parts, sqlite);
      runChild("jdbc:turso:", parts, turso);
    }
    System.out.println("| workload | sqlite-jdbc, µs | turso-jdbc, µs | ratio |");
    System.out.println("|---|---:|---:|---:|");
    for (Map.Entry<String, List<Double>> entry : sqlite.entrySet()) {
      double reference = median(entry.getValue());
      List<Double> times = turso.get(entry.getKey());
      if (times == null) {
        System.out.printf("| %s | %.2f | failed | |%n", entry.getKey(), reference);
      } else {
        double ours = median(times);
        System.out.printf(
            "| %s | %.2f | %.2f | %.2f |%n", entry.getKey(), reference, ours, reference / ours);
      }
    }
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }

  private static void runChild(String url, List<String> parts, Map<String, List<Double>> results)
      throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("bench");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx2g");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Workloads.class.getName());
    command.add(url);
    command.add(directory + File.separator + "bench.db");
    command.addAll(parts);
    Process child =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] fields = line.split("\t");
        results
            .computeIfAbsent(fields[0], name -> new ArrayList<>())
            .add(Double.parseDouble(fields[1]));
      }
    }
    child.waitFor();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path path : files.sorted(Collections.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
