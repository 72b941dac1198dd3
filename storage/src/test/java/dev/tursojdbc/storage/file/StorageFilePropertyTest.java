package dev.tursojdbc.storage.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.storage.file.FileSystem.OpenMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Every kind of file behaves as an array of bytes that grows and is cut. */
class StorageFilePropertyTest {
  private static Path directory;

  @BeforeContainer
  static void makeDirectory() throws IOException {
    directory = Files.createTempDirectory("files");
  }

  @AfterContainer
  static void removeDirectory() throws IOException {
    Files.deleteIfExists(directory.resolve("f"));
    Files.delete(directory);
  }

  private sealed interface Step {
    void applyTo(StorageFile file);

    byte[] applyTo(byte[] model);
  }

  private record Write(int position, List<Integer> sizes, int fill, boolean direct)
      implements Step {
    private ByteBuffer[] buffers() {
      ByteBuffer[] buffers = new ByteBuffer[sizes.size()];
      int value = fill;
      for (int i = 0; i < buffers.length; i++) {
        int size = sizes.get(i);
        ByteBuffer buffer =
            direct ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size + 3).position(3);
        while (buffer.hasRemaining()) {
          buffer.put((byte) (value += 37));
        }
        buffers[i] = direct ? buffer.flip() : buffer.position(3);
      }
      return buffers;
    }

    @Override
    public void applyTo(StorageFile file) {
      file.write(position, buffers(), sizes.size());
    }

    @Override
    public byte[] applyTo(byte[] model) {
      int total = sizes.stream().mapToInt(Integer::intValue).sum();
      if (total == 0) {
        return model;
      }
      byte[] result = Arrays.copyOf(model, Math.max(model.length, position + total));
      int at = position;
      for (ByteBuffer buffer : buffers()) {
        int size = buffer.remaining();
        buffer.get(result, at, size);
        at += size;
      }
      return result;
    }
  }

  private record Truncate(int size) implements Step {
    @Override
    public void applyTo(StorageFile file) {
      file.truncate(size);
    }

    @Override
    public byte[] applyTo(byte[] model) {
      return Arrays.copyOf(model, Math.min(size, model.length));
    }
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Integer> positions =
        Arbitraries.integers().between(0, 150_000).edgeCases(c -> c.add(0, 32_767, 32_768, 65_536));
    Arbitrary<Integer> sizes =
        Arbitraries.frequencyOf(
            Tuple.of(5, Arbitraries.integers().between(0, 5000)),
            Tuple.of(1, Arbitraries.integers().between(60_000, 70_000)));
    Arbitrary<Step> writes =
        Combinators.combine(
                positions,
                sizes.list().ofMinSize(1).ofMaxSize(5),
                Arbitraries.integers().between(0, 255),
                Arbitraries.of(true, false))
            .as(Write::new);
    Arbitrary<Step> cuts = positions.map(Truncate::new);
    return Arbitraries.frequencyOf(Tuple.of(3, writes), Tuple.of(1, cuts)).list().ofMaxSize(12);
  }

  @Property(tries = 150)
  void aFileIsAnArrayOfBytes(
      @ForAll("steps") List<Step> steps, @ForAll int readFrom, @ForAll int readSize) {
    List<FileSystem> fileSystems = new ArrayList<>();
    fileSystems.add(OperatingSystemFileSystem.INSTANCE);
    fileSystems.add(new MemoryFileSystem());
    fileSystems.add(new RecordingFileSystem());
    String path = directory.resolve("f").toString();
    for (FileSystem fileSystem : fileSystems) {
      try (StorageFile file = fileSystem.open(path, OpenMode.CREATE)) {
        byte[] model = new byte[0];
        for (Step step : steps) {
          step.applyTo(file);
          model = step.applyTo(model);
        }
        assertThat(file.size()).isEqualTo(model.length);
        assertReadsAs(file, model, 0, model.length + 10);
        assertReadsAs(
            file,
            model,
            Math.floorMod(readFrom, model.length + 100),
            Math.floorMod(readSize, 70_000));
      }
      fileSystem.delete(path);
    }
  }

  private static void assertReadsAs(StorageFile file, byte[] model, int position, int size) {
    byte[] expected = Arrays.copyOfRange(model, Math.min(position, model.length), model.length);
    expected = Arrays.copyOf(expected, Math.min(size, expected.length));
    byte[] read = new byte[size + 2];
    assertThat(file.read(position, read, 1, size)).isEqualTo(expected.length);
    assertThat(Arrays.copyOfRange(read, 1, 1 + expected.length)).isEqualTo(expected);
    assertThat(read[0]).isZero();
    ByteBuffer direct = ByteBuffer.allocateDirect(size);
    assertThat(file.read(position, direct)).isEqualTo(expected.length);
    assertThat(direct.flip()).isEqualTo(ByteBuffer.wrap(expected));
  }
}
