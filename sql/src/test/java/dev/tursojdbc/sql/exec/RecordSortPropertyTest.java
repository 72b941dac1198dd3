package dev.tursojdbc.sql.exec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.KeyOrder;
import dev.tursojdbc.storage.record.RecordEncoder;
import dev.tursojdbc.storage.record.RecordReader;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Sorting by prefixes is sorting by the values, equal ones in the order in which they came. */
class RecordSortPropertyTest {

  @Property(tries = 400)
  void prefixesSortAsValuesDo(
      @ForAll("values") List<Object> first,
      @ForAll("values") List<Object> second,
      @ForAll("collations") Collation collation,
      @ForAll boolean descending,
      @ForAll boolean nullsLarge,
      @ForAll @IntRange(min = 1, max = 60) int distinct) {
    List<KeyOrder.Column> columns =
        List.of(
            new KeyOrder.Column(collation, descending, nullsLarge),
            new KeyOrder.Column(Collation.BINARY, nullsLarge, descending));
    KeyOrder order = new KeyOrder(columns, TextEncoding.UTF8);
    byte[][] records = new byte[Math.min(first.size(), second.size())][];
    for (int i = 0; i < records.length; i++) {
      records[i] = record(first.get(i % distinct), second.get(i), i);
    }
    List<Integer> expected = new ArrayList<>();
    for (int i = 0; i < records.length; i++) {
      expected.add(i);
    }
    expected.sort((a, b) -> compare(order, records[a], records[b]));

    int[] sorted =
        new RecordMergeSort(columns, (a, b) -> compare(order, a, b)).sort(records, records.length);

    assertThat(sorted).containsExactly(expected.stream().mapToInt(i -> i).toArray());
  }

  private static int compare(KeyOrder order, byte[] left, byte[] right) {
    RecordReader reader = new RecordReader(TextEncoding.UTF8);
    reader.attach(left, 0, left.length);
    Register[] key = Registers.of(2);
    reader.read(0, key[0]);
    reader.read(1, key[1]);
    return order.compare(key, 2, right, 0, right.length);
  }

  private static byte[] record(Object first, Object second, int number) {
    Register[] row = Registers.of(3);
    set(row[0], first);
    set(row[1], second);
    row[2].setInteger(number);
    RecordEncoder encoder = new RecordEncoder(TextEncoding.UTF8);
    encoder.encode(row, 3);
    return encoder.toByteArray();
  }

  private static void set(Register register, Object value) {
    if (value instanceof Long integer) {
      register.setInteger(integer);
    } else if (value instanceof Double real) {
      register.setReal(real);
    } else if (value instanceof String text) {
      register.setText(text.getBytes(StandardCharsets.UTF_8));
    } else if (value instanceof byte[] blob) {
      register.setBlob(blob);
    }
  }

  @Provide
  Arbitrary<Collation> collations() {
    return Arbitraries.of(Collation.BINARY, Collation.NOCASE, Collation.RTRIM);
  }

  @Provide
  Arbitrary<List<Object>> values() {
    Arbitrary<Object> integers =
        Arbitraries.oneOf(
            Arbitraries.longs(),
            Arbitraries.longs().between(-5, 5),
            Arbitraries.longs().between((1L << 53) - 4, (1L << 53) + 4),
            Arbitraries.longs().between((1L << 51) - 4, (1L << 51) + 4));
    Arbitrary<Object> reals =
        Arbitraries.oneOf(
            Arbitraries.doubles().map(d -> d),
            Arbitraries.of(0.0, -0.0, 1.0, -1.0, 0x1p53, 1e300, -1e300, Double.MIN_VALUE),
            Arbitraries.longs().between(-5, 5).map(i -> i + 0.5));
    Arbitrary<Object> texts =
        Arbitraries.strings().withChars('a', 'B', 'b', ' ', '\0', 'é').ofMaxLength(12).map(s -> s);
    Arbitrary<Object> likeTexts = texts.map(t -> "common beginning" + t);
    Arbitrary<Object> blobs = Arbitraries.bytes().array(byte[].class).ofMaxSize(10).map(b -> b);
    Arbitrary<Object> nulls = Arbitraries.just(new Object());
    return Arbitraries.of(0, 1, 2, 3, 4)
        .flatMap(
            kind ->
                switch (kind) {
                  case 0 -> list(Arbitraries.oneOf(integers, nulls));
                  case 1 -> list(Arbitraries.oneOf(integers, reals));
                  case 2 -> list(Arbitraries.oneOf(texts, nulls));
                  case 3 -> list(likeTexts);
                  default ->
                      list(Arbitraries.oneOf(integers, reals, texts, likeTexts, blobs, nulls));
                });
  }

  private static Arbitrary<List<Object>> list(Arbitrary<Object> values) {
    return values.list().ofMaxSize(60);
  }
}
